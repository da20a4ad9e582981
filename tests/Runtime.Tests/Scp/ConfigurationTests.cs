using System.Reflection;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Specgen.Runtime.Tests.Scu;
using Specgen.Scp;

namespace Specgen.Runtime.Tests.Scp;

/// <summary>Options out of a configuration.</summary>
[TestClass]
public sealed class ConfigurationTests
{
    /// <summary>What only code can say.</summary>
    private static readonly string[] s_codeOnly =
    [
        nameof(DicomScpOptions.Tls), nameof(DicomScpOptions.CheckUserIdentity), nameof(DicomScpOptions.LoggerFactory), nameof(DicomScpOptions.Observers), nameof(DicomScpOptions.Filters),
        nameof(DicomScpOptions.TimeProvider),
        nameof(DicomScpOptions.HeaderAttributes),
        nameof(DicomScpOptions.DataSetObserver),
    ];

    /// <summary>Keys without which a section is not whole are in <see cref="Bind"/>.</summary>
    private static readonly (string Key, string Value, Func<DicomScpOptions, object?> Read, object Expected)[] s_keys =
    [
        ("Address", "127.0.0.1", static o => o.Address, "127.0.0.1"),
        ("Port", "104", static o => o.Port, 104),
        ("AETitle", "ARCHIVE", static o => o.AETitle, "ARCHIVE"),
        ("AcceptAnyCalledAETitle", "true", static o => o.AcceptAnyCalledAETitle, true),
        ("CallingAETitles:0", "CT1", static o => o.CallingAETitles.Single(), "CT1"),
        ("Peers:CT1", "[::1]:105", static o => o.Peers["CT1"], new DicomPeer("::1", 105)),
        ("Peers:CT1", "ct1.example:105", static o => o.Peers["CT1"], new DicomPeer("ct1.example", 105)),
        ("TransferSyntaxes:0", "1.2.840.10008.1.2", static o => o.TransferSyntaxes.Single(), "1.2.840.10008.1.2"),
        ("UnknownTransferSyntaxes:0", "1.2.3", static o => o.UnknownTransferSyntaxes.Single(), "1.2.3"),
        ("MaxPduLength", "16384", static o => o.MaxPduLength, 16384u),
        ("MaxAssociations", "7", static o => o.MaxAssociations, 7),
        ("MaxPendingConnections", "9", static o => o.MaxPendingConnections, 9),
        ("MaxMemory", "67108864", static o => o.MaxMemory, 67_108_864L),
        ("MaxMemoryPerAssociation", "4194304", static o => o.MaxMemoryPerAssociation, 4_194_304L),
        ("MinDataRate", "0", static o => o.MinDataRate, 0),
        ("MinDataRateGracePeriod", "00:00:05", static o => o.MinDataRateGracePeriod, TimeSpan.FromSeconds(5)),
        ("MaxAsyncOperations", "3", static o => o.MaxAsyncOperations, 3),
        ("AssociationTimeout", "00:00:07", static o => o.AssociationTimeout, TimeSpan.FromSeconds(7)),
        ("IdleTimeout", "infinite", static o => o.IdleTimeout, Timeout.InfiniteTimeSpan),
        ("RequestTimeout", "00:10:00", static o => o.RequestTimeout, TimeSpan.FromMinutes(10)),
        ("StopTimeout", "0", static o => o.StopTimeout, TimeSpan.Zero),
        ("ReceiveFolder", "/data/receiving", static o => o.ReceiveFolder, "/data/receiving"),
        ("DataSetLimits:MaxDepth", "9", static o => o.DataSetLimits, new DataSetLimits { MaxDepth = 9 }),
        ("DataSetLimits:MaxElements", "9", static o => o.DataSetLimits, new DataSetLimits { MaxElements = 9 }),
        ("DataSetLimits:MaxInflatedLength", "9", static o => o.DataSetLimits, new DataSetLimits { MaxInflatedLength = 9 }),
        ("DataSetLimits:MaxInflationRatio", "9", static o => o.DataSetLimits, new DataSetLimits { MaxInflationRatio = 9 }),
        ("UidCheck", "full", static o => o.UidCheck, UidCheck.Full),
        ("TlsRequireClientCertificate", "True", static o => o.TlsRequireClientCertificate, true),
        ("TlsProfile", "ExtendedBcp195", static o => o.TlsProfile, TlsProfile.ExtendedBcp195),
        ("AcceptRelationalQueries", "true", static o => o.AcceptRelationalQueries, true),
        ("StorageSupport:Level", "Base", static o => o.StorageSupport, new StorageSupport(StorageLevel.Base)),
        ("StorageSupport:SignatureLevel", "2", static o => o.StorageSupport, new StorageSupport(StorageLevel.Full) { SignatureLevel = 2 }),
        ("StorageSupport:MayCoerce", "true", static o => o.StorageSupport, new StorageSupport(StorageLevel.Full) { MayCoerce = true }),
        ("IncludeExceptionMessages", "true", static o => o.IncludeExceptionMessages, true),
    ];

    private static readonly (string Key, string Value, string Expected)[] s_wrong =
    [
        ("AETitel", "ARCHIVE", "Dicom:AETitel is not an option; the options are AETitle, "),
        ("Port", "many", "Dicom:Port is \"many\"; it must be a whole number."),
        ("Port:0", "104", "Dicom:Port has keys below it; it must be one value."),
        ("AcceptAnyCalledAETitle", "yes", "Dicom:AcceptAnyCalledAETitle is \"yes\"; it must be true or false."),
        ("CallingAETitles", "CT1", "Dicom:CallingAETitles is \"CT1\"; it must be a list, even if it has only one item."),
        ("Peers:CT1", "ct1", "Dicom:Peers:CT1 is \"ct1\"; it must be host:port, or have the keys Host and Port."),
        ("Peers:CT1:Hots", "ct1", "Dicom:Peers:CT1:Hots is not an option; the options are Host, "),
        ("Peers:CT1:Tls", "yes", "Dicom:Peers:CT1:Tls is \"yes\"; it must be true or false, or have keys of its own."),
        ("IdleTimeout", "for ever", "Dicom:IdleTimeout is \"for ever\"; it must be a time such as 00:00:30, or Infinite."),
        ("UidCheck", "7", "Dicom:UidCheck is \"7\"; it must be one of Characters, Full, None."),
        ("DataSetLimits", "none", "Dicom:DataSetLimits is \"none\"; it must have keys of its own."),
        ("TlsCertificate", "/no/such.pfx", "Dicom:TlsCertificate names '/no/such.pfx', which cannot be read: "),
        ("TlsCertificate:Password", "secret", "Dicom:TlsCertificate:Path is missing; it must be the certificate's file."),
        ("TlsAuthorities:0", "/no/such.pem", "Dicom:TlsAuthorities names '/no/such.pem', which cannot be read: "),
        ("Observers:0", "me", "Dicom:Observers is not an option; "),
    ];

    public static IEnumerable<object[]> Keys => s_keys.Select(static (k, i) => new object[] { i, k.Key });

    public static IEnumerable<object[]> Wrong => s_wrong.Select(static (w, i) => new object[] { i, w.Key });

    [TestMethod]
    [DynamicData(nameof(Keys))]
    public void A_key_sets_the_option_of_its_name(int index, string key)
    {
        var (_, value, read, expected) = s_keys[index];

        var options = Bind((key, value));

        Assert.IsEmpty(options.BindingProblems);
        Assert.AreEqual(expected, read(options));
    }

    [TestMethod]
    public void Every_option_has_a_key_or_is_for_code()
    {
        var covered = s_keys.Select(static k => k.Key.Split(':')[0]).Concat(s_codeOnly).Concat([nameof(DicomScpOptions.TlsCertificate), nameof(DicomScpOptions.TlsAuthorities)]).ToHashSet();

        var forgotten = typeof(DicomScpOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(static p => p.Name).Where(name => !covered.Contains(name));

        Assert.AreEqual("", string.Join(' ', forgotten));
    }

    [TestMethod]
    [DynamicData(nameof(Wrong))]
    public void What_cannot_be_read_is_named_by_its_path(int index, string key)
    {
        var (_, value, expected) = s_wrong[index];

        var problems = DicomScpStartup.Check(Bind((key, value))).All;

        StringAssert.StartsWith(problems[0], expected);
    }

    [TestMethod]
    public void All_that_is_wrong_is_found()
    {
        // A key that is there twice, as a value and as a section, is one of the two.
        var all = s_wrong.Where(static w => w.Key is not ("Port:0" or "Peers:CT1:Hots" or "Peers:CT1:Tls" or "TlsCertificate:Password")).ToList();

        var problems = Bind([.. all.Select(static w => (w.Key, w.Value))]).BindingProblems;

        CollectionAssert.IsSubsetOf(all.Select(static w => w.Expected[..20]).ToList(), problems.Select(static p => p[..20]).ToList());
    }

    [TestMethod]
    public void Certificates_are_read_from_files()
    {
        var folder = Directory.CreateTempSubdirectory("specgen-certificates").FullName;
        using var certificate = TlsTests.Certificate("localhost");
        using var key = certificate.GetRSAPrivateKey()!;
        var (pfx, pem, pemKey, der) = (Path.Combine(folder, "own.pfx"), Path.Combine(folder, "own.pem"), Path.Combine(folder, "own.key"), Path.Combine(folder, "ca.cer"));
        File.WriteAllBytes(pfx, certificate.Export(X509ContentType.Pkcs12, "secret"));
        File.WriteAllText(pem, certificate.ExportCertificatePem());
        File.WriteAllText(pemKey, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllBytes(der, certificate.RawData);

        var one = Bind(("TlsCertificate:Path", pfx), ("TlsCertificate:Password", "secret"), ("TlsRequireClientCertificate", "true"), ("TlsAuthorities:0", pem), ("TlsAuthorities:1", der));
        var other = Bind(("TlsCertificate:Path", pem), ("TlsCertificate:KeyPath", pemKey), ("Peers:A:Host", "a"), ("Peers:A:Port", "1"), ("Peers:A:TlsProfile", "Bcp195"),
            ("Peers:A:Tls:TargetHost", "localhost"), ("Peers:A:Tls:Certificate:Path", pfx), ("Peers:A:Tls:Certificate:Password", "secret"), ("Peers:A:Tls:Authorities:0", pem));
        var wrong = Bind(("TlsCertificate:Path", pfx), ("TlsCertificate:Password", "secre"));
        Directory.Delete(folder, recursive: true);

        Assert.IsEmpty(DicomScpStartup.Check(one).All);
        Assert.IsEmpty(DicomScpStartup.Check(other).All);
        Assert.HasCount(2, one.TlsAuthorities);
        Assert.AreEqual(certificate.Thumbprint, one.TlsCertificate!.Thumbprint);
        Assert.IsTrue(other.TlsCertificate!.HasPrivateKey);
        var tls = other.Peers["A"].Tls!;
        Assert.AreEqual(("localhost", certificate.Thumbprint, 1), (tls.TargetHost, tls.ClientCertificateContext!.TargetCertificate.Thumbprint, tls.CertificateChainPolicy!.CustomTrustStore.Count));
        Assert.HasCount(1, wrong.BindingProblems);
        Assert.DoesNotContain("secre,", wrong.BindingProblems[0]);
    }

    [TestMethod]
    public async Task Servers_of_one_host_have_their_own_sections()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Inside:AETitle"] = "INSIDE",
            ["Inside:Address"] = "127.0.0.1",
            ["Inside:Port"] = "0",
            ["Outside:AETitle"] = "OUTSIDE",
            ["Outside:Address"] = "127.0.0.1",
            ["Outside:Port"] = "0",
        });
        var observer = new Started();
        builder.Services.AddSingleton<IDicomScpObserver>(observer);
        builder.Services.AddDicomScp("inside", builder.Configuration.GetSection("Inside"), static o => o.CallingAETitles.Add("TESTER"));
        Assert.AreEqual("outside", builder.Services.AddDicomScp("outside", builder.Configuration.GetSection("Outside")).Name);
        builder.Services.PostConfigure<DicomScpOptions>("outside", static o => o.CallingAETitles.Add("NOBODY"));
        Assert.ThrowsExactly<ArgumentException>(() => builder.Services.AddDicomScp("inside", static _ => { }));
        using var host = builder.Build();

        await host.StartAsync();

        CollectionAssert.AreEquivalent(new[] { "INSIDE", "OUTSIDE" }, observer.Servers.Select(static s => s.AETitle).ToArray());
        var user = new TestHandlers(TestClasses.Scu(TestClasses.Verification));
        foreach (var scp in observer.Servers)
        {
            var options = ScuAssociationTests.Options(scp.Port);
            (options.CalledAE, options.CallingAE) = (scp.AETitle, "TESTER");
            if (scp.AETitle == "INSIDE")
            {
                await using var association = await ScuAssociation.OpenAsync(user, options);
                Assert.AreEqual(TestStatus.Success, (await association.CEchoAsync<TestStatus>()).Status);
            }
            else
            {
                await Assert.ThrowsExactlyAsync<AssociationRejectedException>(async () => await ScuAssociation.OpenAsync(user, options));
            }
        }

        await host.StopAsync();
    }

    [TestMethod]
    public async Task What_is_wrong_with_any_server_is_said_before_anything_starts()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["A:Prot"] = "1", ["A:AETitle"] = "MUCH TOO LONG A TITLE" });
        var first = new FirstService();
        var observer = new Started();
        builder.Services.AddSingleton<IDicomScpObserver>(observer);
        builder.Services.AddHostedService(_ => first);
        builder.Services.AddDicomScp(static o => (o.Port, o.Address) = (0, "127.0.0.1"));
        builder.Services.AddDicomScp("a", builder.Configuration.GetSection("A"));
        builder.Services.AddDicomScp("b", static o => o.Port = 0).AddProvider<Unresolvable>().AddFilter<UnresolvableFilter>();
        builder.Services.AddSingleton<IValidateOptions<DicomScpOptions>>(new ValidateOptions<DicomScpOptions>("b", static o => o.CallingAETitles.Count > 0, "This site asks for CallingAETitles."));
        using var host = builder.Build();

        var e = await Assert.ThrowsExactlyAsync<DicomConfigurationException>(() => host.StartAsync());

        Assert.HasCount(5, e.Problems, e.Message);
        StringAssert.StartsWith(e.Problems[0], "Server 'a': A:Prot is not an option");
        StringAssert.StartsWith(e.Problems[1], "Server 'a': AETitle: the AE title");
        StringAssert.StartsWith(e.Problems[2], "Server 'b': This site asks for CallingAETitles.");
        StringAssert.StartsWith(e.Problems[3], "Server 'b': AddProvider<Unresolvable>(): it cannot be made: Unable to resolve service for type");
        StringAssert.StartsWith(e.Problems[4], "Server 'b': AddFilter<UnresolvableFilter>(): it cannot be made: Unable to resolve service for type");
        Assert.IsFalse(first.IsStarted);
        Assert.IsEmpty(observer.Servers);
    }

    [TestMethod]
    public void A_user_takes_its_options_from_a_section_as_well()
    {
        var options = ScuOptions.FromConfiguration(Section(
            ("Host", "archive.example"), ("Port", "2762"), ("CallingAE", "ME"), ("CalledAE", "ARCHIVE"), ("RequestTimeout", "00:01:00"), ("MaxAsyncOperations", "4"), ("Tls", "true"), ("TlsProfile", "Bcp195"),
            ("ReceiveSopClasses:0", "1.2.3"), ("UserIdentity:UserName", "anna"), ("UserIdentity:Passcode", "secret")));

        Assert.AreEqual(("archive.example", 2762, "ME", "ARCHIVE"), (options.Host, options.Port, options.CallingAE, options.CalledAE));
        Assert.AreEqual((TimeSpan.FromMinutes(1), 4, TlsProfile.Bcp195), (options.RequestTimeout, options.MaxAsyncOperations, options.TlsProfile));
        Assert.IsNotNull(options.Tls);
        Assert.AreEqual(("1.2.3", "anna", "secret"), (options.ReceiveSopClasses.Single(), options.UserIdentity!.UserName, options.UserIdentity.Passcode));
    }

    [TestMethod]
    public async Task What_is_wrong_with_a_users_options_is_said_at_once()
    {
        var e = Assert.ThrowsExactly<DicomConfigurationException>(() => ScuOptions.FromConfiguration(Section(("Prot", "104"), ("CallingAE", "MUCH TOO LONG A TITLE"), ("TlsProfile", "Bcp195"), ("UserIdentity:Passcode", "x"))));
        var other = await Assert.ThrowsExactlyAsync<DicomConfigurationException>(async () =>
            await ScuAssociation.OpenAsync(new TestHandlers(TestClasses.Scu(TestClasses.Verification)), new ScuOptions("", 0) { CalledAE = "" }));

        Assert.HasCount(6, e.Problems, e.Message);
        Assert.HasCount(3, other.Problems, other.Message);
    }

    [TestMethod]
    public void Every_option_of_a_user_has_a_key_or_is_for_code()
    {
        string[] codeOnly = [nameof(ScuOptions.PresentationContexts), nameof(ScuOptions.LoggerFactory), nameof(ScuOptions.ConnectCallback), nameof(ScuOptions.FailureDetails), nameof(ScuOptions.TimeProvider)];

        // Whoever asks for a key that is none is told which there are.
        var e = Assert.ThrowsExactly<DicomConfigurationException>(() => ScuOptions.FromConfiguration(Section(("Nothing", "1"))));
        var keys = e.Problems.Single(static p => p.Contains("is not an option", StringComparison.Ordinal)).Split("the options are ")[1].TrimEnd('.').Split(", ");

        CollectionAssert.AreEquivalent(typeof(ScuOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(static p => p.Name).Except(codeOnly).ToArray(), keys);
    }

    private static DicomScpOptions Bind(params (string Key, string Value)[] values)
    {
        var options = new DicomScpOptions();
        DicomScpOptionsBinder.Bind(Section(values), options);
        return options;
    }

    private static IConfigurationSection Section(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(static v => "Dicom:" + v.Key, static v => (string?)v.Value)).Build().GetSection("Dicom");

    private sealed class Started : IDicomScpObserver
    {
        public List<DicomScp> Servers { get; } = [];

        void IDicomScpObserver.Started(DicomScp scp) => Servers.Add(scp);
    }

    private sealed class FirstService : IHostedService
    {
        public bool IsStarted { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            IsStarted = true;
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Unresolvable(Random random) : IDimseHandlers<Unresolvable>
    {
        public static IReadOnlyList<ServiceBinding> ServiceBindings { get; } = [TestClasses.Binding(DicomRole.Scp, [TestClasses.CT])];

        public Random Random { get; } = random;

        public IReadOnlyList<ServiceBinding> Bindings => ServiceBindings;
    }

    private sealed class UnresolvableFilter(Random random) : IDicomScpFilter
    {
        public Random Random { get; } = random;

        public ValueTask<RequestOutcome> HandleAsync(DimseContext context, NextHandler next, CancellationToken cancellationToken) => next(cancellationToken);
    }
}
