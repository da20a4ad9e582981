using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using FellowOakDicom;
using Npgsql;
using Specgen;
using Specgen.Standard;

namespace Archive.Tests.Compose;

/// <summary>
/// What compose.yaml says, started as processes: each service at addresses of this machine's own that stand for its containers, with the commands, the environment and the configuration of that file.
/// The object store is s3rver instead of MinIO.
/// </summary>
[TestClass]
public sealed partial class ComposeTests : IAsyncDisposable
{
    private readonly TestRun.Folder _folder = new();
    private readonly string _network = string.Create(CultureInfo.InvariantCulture, $"127.{Random.Shared.Next(100, 250)}.{Random.Shared.Next(1, 250)}.");
    private readonly List<ArchiveProgram> _nodes = [];
    private readonly List<IAsyncDisposable> _services = [];
    private ComposeFile _file = null!;
    private Process? _port;
    private NameServer? _names;

    public async ValueTask DisposeAsync()
    {
        if (_port is not null)
        {
            _port.Kill(entireProcessTree: true);
            await _port.WaitForExitAsync();
            _port.Dispose();
        }
        _names?.Dispose();
        foreach (var service in _nodes.Concat(_services))
        {
            await service.DisposeAsync();
        }
        _folder.Dispose();
    }

    [TestMethod]
    public async Task ThreeNodesBehindOnePort()
    {
        var haproxy = ((string[])["/usr/sbin/haproxy", "/usr/local/sbin/haproxy", "/usr/bin/haproxy"]).FirstOrDefault(File.Exists) ?? throw TestRun.Missing("haproxy is not installed; run eng/install-peers.sh");
        _file = new ComposeFile(
            Path.Combine(TestRun.Repository, "samples", "Archive", "compose.yaml"), new Dictionary<string, string> { ["DATABASE_PASSWORD"] = "of=the=database", ["BUCKET_PASSWORD"] = "of-the-bucket" });
        CollectionAssert.AreEquivalent(new[] { "database", "objects", "bucket", "archive", "port" }, _file.Services.ToArray(), "A service that this does not start.");
        await StartDatabaseAsync();
        await StartObjectsAsync();
        await StartNodesAsync();
        StartPort(haproxy);

        // Three at once over the one port: each at another node.
        var stored = await StoreOnEachAsync();
        await AssertHasAllAsync(stored);

        // Without one of them, whoever comes next is served by another.
        await _nodes[1].KillAsync();
        for (var i = 0; i < 6; i++)
        {
            stored.Add(await StoreAgainAndAgainAsync());
        }
        await AssertHasAllAsync(stored);

        // And one that ends as it should is missed by nobody.
        Assert.AreEqual(0, await _nodes[2].StopAsync());
        await AssertHasAllAsync([await StoreAgainAndAgainAsync()]);
    }

    /// <summary>As its image does: a superuser with a password, and a database.</summary>
    private async Task StartDatabaseAsync()
    {
        var environment = _file.Environment("database");
        var (user, password) = (environment["POSTGRES_USER"], environment["POSTGRES_PASSWORD"]);
        _services.Add(await PostgreSqlServer.StartAsync(Address("database"), 5432, user, password));
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder { Host = Address("database"), Username = user, Password = password, Database = "postgres" }.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"CREATE DATABASE \"{environment["POSTGRES_DB"]}\"";
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>With the bucket that the service "bucket" makes.</summary>
    private async Task StartObjectsAsync()
    {
        var environment = _file.Environment("objects");
        var (user, password) = (environment["MINIO_ROOT_USER"], environment["MINIO_ROOT_PASSWORD"]);
        var made = BucketCommand().Match(_file.EntryPoint("bucket"));
        Assert.AreEqual(("objects:9000", user, "$BUCKET_PASSWORD"), (made.Groups["at"].Value, made.Groups["user"].Value, made.Groups["password"].Value));
        Assert.AreEqual(password, _file.Environment("bucket")["BUCKET_PASSWORD"]);
        _services.Add(await S3Server.StartAsync(_folder["objects"], Address("objects"), 9000, made.Groups["bucket"].Value, (user, password)));
    }

    private async Task StartNodesAsync()
    {
        var command = _file.Command("archive");
        CollectionAssert.AreEqual(new[] { "./out:/app:ro", "receiving:/data" }, _file.Volumes("archive"));
        Assert.AreEqual(("dotnet", "/app/Archive.dll"), (command[0], command[1]));
        for (var i = 0; i < _file.Replicas("archive"); i++)
        {
            // All addresses are those of one container.
            var environment = _file.Environment("archive").Select(pair => $"{pair.Key}={pair.Value
                .Replace("Host=database", $"Host={Address("database")}", StringComparison.Ordinal).Replace("//objects:", $"//{Address("objects")}:", StringComparison.Ordinal)
                .Replace("0.0.0.0", Address("archive", i), StringComparison.Ordinal).Replace("/data", _folder["data"], StringComparison.Ordinal)}");
            _nodes.Add(ArchiveProgram.Launch(command[2..], _file.Port("port").Inside, workingFolder: Directory.CreateDirectory(_folder["data"]).FullName, ["env", .. environment, $"Archive__Address={Address("archive", i)}"]));
        }
        foreach (var node in _nodes)
        {
            await node.SaysAsync("Ready");
        }
    }

    private void StartPort(string haproxy)
    {
        var (outside, inside) = _file.Port("port");
        _names = new NameServer(IPAddress.Parse(Address("names")), new Dictionary<string, IPAddress[]> { ["archive"] = [.. Enumerable.Range(0, _nodes.Count).Select(i => IPAddress.Parse(Address("archive", i)))] });
        var configuration = _file.Config("haproxy");
        StringAssert.Contains(configuration, $"bind :{inside}\n");
        Assert.AreEqual(outside, inside);
        var path = _folder["haproxy.cfg"];
        File.WriteAllText(path, configuration.Replace("bind :", $"bind {Address("port")}:", StringComparison.Ordinal).Replace("parse-resolv-conf", $"nameserver engine {_names.EndPoint}", StringComparison.Ordinal));
        _port = Process.Start(haproxy, ["-db", "-q", "-f", path]);
    }

    /// <summary>Three associations that are there at the same time, until each node has one: a node is sent to once it has answered that it is ready.</summary>
    private async Task<List<string>> StoreOnEachAsync()
    {
        var stored = new List<string>();
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(500))
        {
            var users = new List<StorageClient>();
            try
            {
                foreach (var _ in _nodes)
                {
                    var file = Images.Write(_folder["sent"], Images.DataSet(patientId: "COMPOSE"));
                    users.Add(await ConnectAsync(file));
                    Assert.AreEqual(StorageCStoreStatus.Success, (await users[^1].CStoreAsync(file)).Status);
                    stored.Add(Path.GetFileNameWithoutExtension(file));
                }
                if ((await StoredAsync()).All(static count => count > 0))
                {
                    return stored;
                }
            }
            catch (AssociationException) when (waited.Elapsed < TimeSpan.FromSeconds(60))
            {
                // Nobody is ready yet.
            }
            finally
            {
                foreach (var user in users)
                {
                    await user.DisposeAsync();
                }
            }
            Assert.IsLessThan(60, waited.Elapsed.TotalSeconds, string.Join(", ", await StoredAsync()));
        }
    }

    /// <summary>Everything is found, retrieved and committed to over the one port.</summary>
    private async Task AssertHasAllAsync(IReadOnlyList<string> uids)
    {
        await using var reader = new Reader();
        var options = new ScuOptions(Address("port"), _file.Port("port").Outside) { CalledAE = "ARCHIVE", CallingAE = "COMPOSE" };
        options.ReceiveSopClasses.Add(Images.SopClassUid);
        await reader.ConnectAsync(options);
        foreach (var uid in uids)
        {
            var study = (await DicomFile.OpenAsync(FileOf(uid))).Dataset.GetString(DicomTag.StudyInstanceUID);
            var identifier = new DicomDataset().NotValidated().Add(DicomTag.QueryRetrieveLevel, "STUDY").Add(DicomTag.StudyInstanceUID, study);
            var found = new List<string>();
            await foreach (var match in reader.CFindAsync(identifier))
            {
                found.Add(match.GetString(DicomTag.StudyInstanceUID));
            }
            CollectionAssert.AreEqual(new[] { study }, found);
            var retrieved = new List<string>();
            await reader.CGetAsync<StorageCStoreStatus>(identifier, (context, _) =>
            {
                retrieved.Add(context.SopInstanceUid);
                return new(StorageCStoreStatus.Success);
            });
            CollectionAssert.AreEqual(new[] { uid }, retrieved);
        }
        var (code, output) = await ArchiveProgram.RunAsync(["commit", "--host", Address("port"), "--port", $"{_file.Port("port").Outside}", .. uids.Select(FileOf)]);
        StringAssert.Contains(output, $"{uids.Count} of {uids.Count} instances committed to");
        Assert.AreEqual(0, code);
    }

    private async Task<string> StoreAgainAndAgainAsync()
    {
        var file = Images.Write(_folder["sent"], Images.DataSet(patientId: "COMPOSE"));
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(500))
        {
            try
            {
                await using var user = await ConnectAsync(file);
                Assert.AreEqual(StorageCStoreStatus.Success, (await user.CStoreAsync(file)).Status);
                return Path.GetFileNameWithoutExtension(file);
            }
            catch (AssociationException) when (waited.Elapsed < TimeSpan.FromSeconds(20))
            {
                // Until it is seen that a node is gone.
            }
        }
    }

    private async Task<StorageClient> ConnectAsync(string file)
    {
        var user = new StorageClient();
        var options = new ScuOptions(Address("port"), _file.Port("port").Outside) { CalledAE = "ARCHIVE", CallingAE = "COMPOSE" };
        options.ProposeFor([file]);
        await user.ConnectAsync(options);
        return user;
    }

    /// <summary>How many instances each node has stored, as its metrics say.</summary>
    private async Task<List<int>> StoredAsync()
    {
        using var client = new HttpClient();
        var counts = new List<int>();
        for (var i = 0; i < _nodes.Count; i++)
        {
            var metrics = await client.GetStringAsync($"http://{Address("archive", i)}:8080/metrics");
            counts.Add(StoredCount().Match(metrics) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0);
        }
        return counts;
    }

    private string FileOf(string uid) => Path.Combine(_folder["sent"], uid + ".dcm");

    private string Address(string service, int replica = 0) => _network + (service switch
    {
        "database" => "2",
        "objects" => "3",
        "port" => "4",
        "names" => "5",
        _ => $"{11 + replica}",
    });

    [GeneratedRegex("mc alias set store http://(?<at>[^ ]+) (?<user>[^ ]+) (?<password>[^ ;]+);.*mc mb --ignore-existing store/(?<bucket>[a-z]+)")]
    private static partial Regex BucketCommand();

    [GeneratedRegex("^archive_instances_total\\{[^}]*result=\"stored\"[^}]*\\} ([0-9]+)", RegexOptions.Multiline)]
    private static partial Regex StoredCount();
}

/// <summary>Who asks for instances and takes them.</summary>
[Scu<QueryRetrieveServiceClass>(SopClasses = [SopClassUids.StudyRootQueryRetrieveInformationModelFind, SopClassUids.StudyRootQueryRetrieveInformationModelGet])]
internal sealed partial class Reader;
