using System.Diagnostics;
using System.Globalization;

namespace Archive.Tests;

/// <summary>A PostgreSQL cluster of the test's own: an unprivileged user's, in a folder for temporary files, on a port of this machine. With a password, that is asked for; else nobody is.</summary>
internal sealed class PostgreSqlServer : IAsyncDisposable
{
    private const string User = "postgres";

    private readonly string _bin;
    private readonly string _folder;
    private readonly string _address;

    private PostgreSqlServer(string bin, string folder, string address, int port) => (_bin, _folder, _address, Port) = (bin, folder, address, port);

    public int Port { get; }

    public string ConnectionString => $"Host=127.0.0.1;Port={Port};Username={User};Database=postgres";

    public static async Task<PostgreSqlServer> StartAsync(string address = "127.0.0.1", int? port = null, string superuser = User, string? password = null)
    {
        var bin = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(static version => Path.Combine(version, "bin")).LastOrDefault(static bin => File.Exists(Path.Combine(bin, "initdb")))
            : null;
        var server = new PostgreSqlServer(
            bin ?? throw TestRun.Missing("postgresql is not installed; run eng/install-peers.sh"), Directory.CreateTempSubdirectory("archive-pg-").FullName, address, port ?? ArchiveProgram.FreePort());
        var secret = Path.Combine(server._folder, "password");
        await File.WriteAllTextAsync(secret, password ?? "none");
        if (Environment.UserName == "root")
        {
            await RunAsync("chown", "-R", User, server._folder);
        }
        await server.AsUserAsync("initdb", "-D", server.Data, "-U", superuser, "-A", password is null ? "trust" : "scram-sha-256", "--pwfile", secret, "--no-sync", "-E", "UTF8", "--locale=C");
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>As if the machine failed, or was told to go.</summary>
    public Task StopAsync() => AsUserAsync("pg_ctl", "-D", Data, "-w", "-m", "immediate", "stop");

    public Task StartAgainAsync() => AsUserAsync("pg_ctl", "-D", Data, "-w", "-l", Path.Combine(_folder, "log"), "-o",
        string.Create(CultureInfo.InvariantCulture, $"-p {Port} -k {_folder} -c listen_addresses={_address} -c fsync=off -c max_connections=200"), "start");

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync();
        }
        catch (InvalidOperationException)
        {
            // It does not run.
        }
        await RunAsync("rm", "-rf", _folder);
    }

    private string Data => Path.Combine(_folder, "data");

    private Task AsUserAsync(string program, params string[] arguments) => Environment.UserName == "root"
        ? RunAsync("runuser", ["-u", User, "--", Path.Combine(_bin, program), .. arguments])
        : RunAsync(Path.Combine(_bin, program), arguments);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // Not redirected to pipes: the server would hold them open.
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", program, .. arguments]) { WorkingDirectory = "/tmp" })!;
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
    }
}
