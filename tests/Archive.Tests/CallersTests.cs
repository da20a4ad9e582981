using System.Diagnostics;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Specgen;
using Specgen.Interop.Tests.Data;
using Specgen.Standard;

namespace Archive.Tests;

/// <summary>Who may call, as options and appsettings.json say: by certificate, by user name and passcode, by anybody.</summary>
[TestClass]
public sealed class CallersTests : IDisposable
{
    private readonly TestRun.Folder _folder = new();
    private readonly Authority _site;
    private readonly (X509Certificate2 Certificate, string KeyPath, string CertificatePath) _server, _modality;

    public CallersTests()
    {
        _site = new Authority(_folder["site"], "Site");
        (_server, _modality) = (_site.Issue("server"), _site.Issue("modality"));
    }

    public void Dispose()
    {
        _site.Dispose();
        _server.Certificate.Dispose();
        _modality.Certificate.Dispose();
        _folder.Dispose();
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task ByCertificate(bool byOptions)
    {
        await using var archive = byOptions
            ? await ArchiveProgram.StartAsync(_folder["archive"], "--tls-certificate", _server.CertificatePath, "--tls-key", _server.KeyPath, "--tls-authority", _site.Path)
            : await StartConfiguredAsync(new { Tls = new { Certificate = _server.CertificatePath, Key = _server.KeyPath, Authority = _site.Path } });
        StringAssert.Contains(archive.Output, "may call: who shows a certificate of the site's authority");
        Assert.IsNull(await StoreAsync(archive.Port, Tls(_modality.Certificate)));
        Assert.IsNotNull(await StoreAsync(archive.Port, Tls(null)), "Without a certificate.");
        Assert.IsNotNull(await StoreAsync(archive.Port, static _ => { }), "Without TLS.");
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task ByUser(bool byOptions)
    {
        await using var archive = byOptions
            ? await ArchiveProgram.StartAsync(_folder["archive"], "--user", "reader=a=passcode")
            : await StartConfiguredAsync(new { Users = new { reader = "a=passcode" } });
        StringAssert.Contains(archive.Output, "may call: 1 users with their passcodes");
        Assert.IsNull(await StoreAsync(archive.Port, static o => o.UserIdentity = UserIdentity.User("reader", "a=passcode")));
        Assert.IsNotNull(await StoreAsync(archive.Port, static o => o.UserIdentity = UserIdentity.User("reader", "another")));
        Assert.IsNotNull(await StoreAsync(archive.Port, static o => o.UserIdentity = UserIdentity.User("reader")));
        Assert.IsNotNull(await StoreAsync(archive.Port, static o => o.UserIdentity = UserIdentity.User("somebody", "a=passcode")));
        Assert.IsNotNull(await StoreAsync(archive.Port, static _ => { }));
        Assert.DoesNotContain("passcode\"", archive.Output);
    }

    [TestMethod]
    public async Task ByCertificate_Dcmtk()
    {
        if (!File.Exists("/usr/bin/storescu"))
        {
            throw TestRun.Missing("DCMTK is not installed; run eng/install-peers.sh");
        }
        await using var archive = await ArchiveProgram.StartAsync(_folder["archive"], "--tls-certificate", _server.CertificatePath, "--tls-key", _server.KeyPath, "--tls-authority", _site.Path);
        var file = Images.Write(_folder["sent"], Images.DataSet());
        Assert.AreEqual(0, await StorescuAsync("+tls", _modality.KeyPath, _modality.CertificatePath, "+cf", _site.Path));
        Assert.AreNotEqual(0, await StorescuAsync("+tla", "+cf", _site.Path));
        Assert.AreNotEqual(0, await StorescuAsync());

        async Task<int> StorescuAsync(params string[] tls)
        {
            using var storescu = Process.Start(new ProcessStartInfo("/usr/bin/storescu", [.. tls, "-aec", "ARCHIVE", "127.0.0.1", $"{archive.Port}", file]) { RedirectStandardError = true })!;
            _ = storescu.StandardError.ReadToEndAsync();
            await storescu.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
            return storescu.ExitCode;
        }
    }

    /// <summary>What is set wrongly is said, and ends the start.</summary>
    [TestMethod]
    [DataRow("--tls-certificate|cert.pem", "TLS needs a certificate and its key")]
    [DataRow("--tls-certificate|missing.pem|--tls-key|missing.key", "missing.pem")]
    [DataRow("--user|reader", "expected name=passcode")]
    [DataRow("--user|a:b=c", "expected name=passcode")]
    [DataRow("--sync|sometimes", "--sync is store or commit, not 'sometimes'")]
    [DataRow("--http|everywhere", "--http is a port or address:port, not 'everywhere'")]
    [DataRow("--port|abc", "'abc'")]
    [DataRow("--peer|A=2001:db8::5:104", "AET=[address]:port for IPv6")]
    [DataRow("--folder|/dev/null/archive", "/dev/null/archive")]
    [DataRow("--database|nonsense", "--database is a PostgreSQL connection string")]
    [DataRow("--bucket|instances|--bucket-endpoint|nonsense", "--bucket-endpoint is http://host:port, not 'nonsense'")]
    [DataRow("--bucket-endpoint|http://127.0.0.1:1", "--bucket-endpoint is for --bucket")]
    [DataRow("--idle-timeout|1e300", "--idle-timeout")]
    [DataRow("--idle-timeout|-1", "IdleTimeout is -00:00:01")]
    [DataRow("--port|99999", "Port is 99999")]
    [DataRow("--address|nowhere", "Address is \"nowhere\"")]
    [DataRow("--aet|MORE-THAN-SIXTEEN", "the AE title \"MORE-THAN-SIXTEEN\" has 17 characters")]
    [DataRow("--caller|MORE-THAN-SIXTEEN", "the AE title \"MORE-THAN-SIXTEEN\" has 17 characters")]
    [DataRow("check|--database|nonsense", "--database is a PostgreSQL connection string")]
    [DataRow("commitments|--database|Host=127.0.0.1;Port=1;Username=x", "127.0.0.1:1")]
    [DataRow("check|--database|Host=127.0.0.1;Port=1;Username=x", "127.0.0.1:1")]
    public async Task WhatIsWrongIsSaid(string options, string words)
    {
        string[] given = options.Split('|');
        var (code, output) = await ArchiveProgram.RunAsync([.. given, .. given.Contains("--folder") ? Array.Empty<string>() : ["--folder", _folder["archive"]], .. given.Contains("--port") || given[0] is "check" or "commitments" ? Array.Empty<string>() : ["--port", $"{ArchiveProgram.FreePort()}"]]);
        Assert.AreNotEqual(0, code);
        StringAssert.Contains(output, words);
        Assert.DoesNotContain("   at ", output, "No stack trace.");
        Assert.IsFalse(File.Exists(_folder["archive/.index.db"]), "Before anything is made.");
    }

    [TestMethod]
    [DataRow("""{ "Archive": { "Port": "x" } }""", "Archive:Port")]
    [DataRow("""{ "Archive": { """, "appsettings.json")]
    [DataRow("{ \"Archive\": {\n  oops\n} }", "LineNumber: 1")]
    [DataRow("""{ "Archive": { "Prot": 104 } }""", "Archive:Prot is no setting of the archive")]
    [DataRow("""{ "Archive": { "Tls": { "Authorities": "site.pem" } } }""", "Archive:Tls:Authorities is no setting of the archive")]
    [DataRow("""{ "Archive": { "CallingAETitles": "CT1" } }""", "Archive:CallingAETitles is a list, not 'CT1'")]
    [DataRow("""{ "Archive": { "Users": "reader" } }""", "Archive:Users is a section, not 'reader'")]
    [DataRow("""{ "Archive": { "Peers": { "CT1": { "Host": "ct1" } } } }""", "Archive:Peers:CT1 needs Host and Port")]
    public async Task WhatIsWrongInAppsettingsIsSaid(string settings, string words)
    {
        await File.WriteAllTextAsync(_folder["appsettings.json"], settings);
        foreach (string[] command in (string[][])[[], ["check"], ["commitments"]])
        {
            await using var archive = ArchiveProgram.Launch([.. command, "--folder", _folder["archive"]], 0, workingFolder: _folder.Path);
            Assert.AreEqual(1, await archive.EndAsync());
            StringAssert.Contains(archive.Output, words);
            Assert.DoesNotContain("   at ", archive.Output, "No stack trace.");
            Assert.IsFalse(File.Exists(_folder["archive/.index.db"]), "Before anything is made.");
        }
    }

    /// <summary>Without a certificate in it, whoever the machine trusts would be let in.</summary>
    [TestMethod]
    public async Task AnAuthorityWithoutACertificateIsNone()
    {
        var (code, output) = await ArchiveProgram.RunAsync(
            "--folder", _folder["archive"], "--port", $"{ArchiveProgram.FreePort()}",
            "--tls-certificate", _server.CertificatePath, "--tls-key", _server.KeyPath, "--tls-authority", _server.KeyPath);
        Assert.AreNotEqual(0, code);
        StringAssert.Contains(output, $"--tls-authority {_server.KeyPath} has no certificate as PEM");
    }

    [TestMethod]
    public async Task OnAllAddressesForAnybody_TheStartWarns()
    {
        const string Warning = "Warning: anybody who reaches this machine can store and read";
        await AssertAsync(true);
        await AssertAsync(false, "--caller", "CT1");
        await AssertAsync(false, "--user", "reader=passcode");
        await AssertAsync(false, "--address", "127.0.0.1");

        async Task AssertAsync(bool warns, params string[] options)
        {
            var port = ArchiveProgram.FreePort();
            await using var archive = ArchiveProgram.Launch(["--folder", _folder["archive"], "--port", $"{port}", .. options], port);
            await archive.SaysAsync("Ready");
            Assert.AreEqual(warns, archive.Output.Contains(Warning, StringComparison.Ordinal), archive.Output);
            await archive.StopAsync();
        }
    }

    /// <summary>A refusal is shown with its reason, in DICOM's words; what was here already is not counted as stored.</summary>
    [TestMethod]
    public async Task RefusalsAndRepeatsOnTheConsole()
    {
        await using var archive = await ArchiveProgram.StartAsync(_folder["archive"]);
        var (uid, study) = (Images.NewUid(), Images.NewUid());
        Assert.IsNull(await StoreAsync(archive.Port, static _ => { }, Images.DataSet(uid, study, study + ".1")));
        Assert.IsNull(await StoreAsync(archive.Port, static _ => { }, Images.DataSet(uid, study, study + ".1")));
        Assert.IsNotNull(await StoreAsync(archive.Port, static _ => { }, Images.DataSet(uid, study, study + ".1", name: "ANOTHER")));
        await archive.SaysAsync($"C-STORE SecondaryCaptureImageStorage {uid} refused: C000");
        await archive.SaysAsync("1 stored, 1 again, 1 refused");
        Assert.DoesNotContain("CStore", archive.Output);
    }

    private static Action<ScuOptions> Tls(X509Certificate2? certificate) => options => options.Tls = new SslClientAuthenticationOptions
    {
        TargetHost = "localhost",
        ClientCertificates = certificate is null ? null : [certificate],
        RemoteCertificateValidationCallback = static (_, _, _, _) => true,
    };

    /// <summary>What keeps an instance from being stored; null where it is.</summary>
    private async Task<string?> StoreAsync(int port, Action<ScuOptions> configure, FellowOakDicom.DicomDataset? dataset = null)
    {
        var file = Images.Write(_folder["sent"], dataset ?? Images.DataSet());
        await using var user = new StorageClient();
        var options = new ScuOptions("127.0.0.1", port) { CalledAE = "ARCHIVE", CallingAE = "CT1" };
        configure(options);
        options.ProposeFor([file]);
        try
        {
            await user.ConnectAsync(options);
            var answer = await user.CStoreAsync(file);
            return answer.Status == StorageCStoreStatus.Success ? null : $"{answer}";
        }
        catch (AssociationException e)
        {
            return e.Message;
        }
    }

    private async Task<ArchiveProgram> StartConfiguredAsync(object settings)
    {
        await File.WriteAllTextAsync(_folder["appsettings.json"], JsonSerializer.Serialize(new { Archive = settings }));
        var port = ArchiveProgram.FreePort();
        var archive = ArchiveProgram.Launch(["--folder", _folder["archive"], "--address", "127.0.0.1", "--port", $"{port}"], port, workingFolder: _folder.Path);
        await archive.SaysAsync("Ready");
        return archive;
    }
}
