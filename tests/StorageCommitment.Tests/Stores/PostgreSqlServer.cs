using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Specgen.StorageCommitment.Tests.Stores;

/// <summary>
/// A PostgreSQL server of this test run's own, as an unprivileged user, in a temporary folder. Where PostgreSQL is missing a test is inconclusive
/// on a developer's machine and fails where CI=true:
/// eng/install-peers.sh installs it.
/// </summary>
[TestClass]
public static class PostgreSqlServer
{
    private static readonly Lazy<Task<string>> s_connectionString = new(StartAsync);
    private static string? s_folder;

    /// <summary>Of the server, without a database.</summary>
    public static Task<string> ConnectionStringAsync() => s_connectionString.Value;

    [AssemblyCleanup]
    public static async Task StopAsync()
    {
        if (s_folder is not null)
        {
            await RunAsync(Tool("pg_ctl"), "-D", Path.Combine(s_folder, "data"), "-m", "immediate", "stop");
            Directory.Delete(s_folder, recursive: true);
        }
    }

    private static async Task<string> StartAsync()
    {
        var initdb = Tool("initdb");
        var folder = Directory.CreateTempSubdirectory("specgen-postgresql").FullName;
        if (Environment.IsPrivilegedProcess)
        {
            // PostgreSQL refuses to run as root.
            await RunAsync(asUser: false, "chown", "postgres", folder);
        }

        var port = FreePort();
        var data = Path.Combine(folder, "data");
        await RunAsync(initdb, "-D", data, "-U", "specgen", "-A", "trust", "-E", "UTF8", "--no-sync", "--no-instructions");
        s_folder = folder;
        await RunAsync(Tool("pg_ctl"), "-D", data, "-w", "-t", "60", "-l", Path.Combine(folder, "log"), "-o",
            $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c max_connections=300 -c fsync=off", "start");
        return $"Host=127.0.0.1;Port={port};Username=specgen;Maximum Pool Size=50;Timeout=30";
    }

    private static Task RunAsync(string program, params string[] arguments) => RunAsync(asUser: true, program, arguments);

    private static async Task RunAsync(bool asUser, string program, params string[] arguments)
    {
        string[] all = asUser && Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--", program, .. arguments]
            : [program, .. arguments];

        // Its output goes to files that nobody waits for: the server that it starts keeps them open.
        using var process = Process.Start(new ProcessStartInfo("/bin/sh",
            ["-c", "\"$@\" >/dev/null 2>&1 </dev/null", "sh", .. all])
        { WorkingDirectory = "/" })!;
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        Assert.AreEqual(0, process.ExitCode, string.Join(' ', all));
    }

    /// <summary>Debian keeps the server's own programs by version, and out of PATH.</summary>
    private static string Tool(string name)
    {
        IEnumerable<string> folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator,
            StringSplitOptions.RemoveEmptyEntries);
        if (Directory.Exists("/usr/lib/postgresql"))
        {
            folders = folders.Concat(Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(static version => Path.Combine(version, "bin")));
        }

        var message = $"'{name}' of PostgreSQL is not installed; run eng/install-peers.sh";
        return folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? throw (string.Equals(Environment.GetEnvironmentVariable("CI"), "true",
                StringComparison.OrdinalIgnoreCase) ? new AssertFailedException(message) : new AssertInconclusiveException(message));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
