namespace Specgen.Interop.Tests.Peers;

/// <summary>
/// Finds the foreign programs. Where one is missing the test is inconclusive on a developer's machine and fails where CI=true:
/// there, a check that did not run must not look like one that passed. eng/install-peers.sh installs all of them.
/// </summary>
internal static class Requirements
{
    // Debian puts servers in sbin, which a user's PATH does not always hold.
    private static readonly string[] s_folders =
        [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries), "/usr/sbin", "/usr/local/sbin"];

    public static string Program(string name)
    {
        foreach (var folder in s_folders)
        {
            var path = Path.Combine(folder, name);
            if (File.Exists(path))
            {
                return path;
            }
        }
        throw Missing($"'{name}' is not installed; run eng/install-peers.sh");
    }

    /// <summary>A package of npm's, below the folder of the scripts that need it.</summary>
    public static void Package(string folder, string name)
    {
        if (!Directory.Exists(Path.Combine(folder, "node_modules", name)))
        {
            throw Missing($"'{name}' is not installed; run eng/install-peers.sh");
        }
    }

    /// <summary>A file that a package of the system's has.</summary>
    public static string SystemFile(string path) => File.Exists(path) ? path : throw Missing($"'{path}' is not installed; run eng/install-peers.sh");

    private static Exception Missing(string message) =>
        string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase)
            ? new AssertFailedException(message)
            : new AssertInconclusiveException(message);
}
