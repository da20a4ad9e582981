using System.Globalization;
using System.Text;
using Specgen.Tool.Profiles;

namespace Specgen.Tool.Pages;

/// <summary>
/// Writes files of a folder, all of them or none, wherever the process ends: the folder is swapped for a new one at one stroke
/// (<see cref="FolderSwap"/>). Where the system cannot do so they are written into a folder among them first; a list of them there says that
/// they are whole, and from then on they are moved to their places. Whoever comes after a process that was killed takes it from there: without
/// the list everything is as it was, with it the rest is moved.
/// </summary>
internal static class FolderWriter
{
    private const string Staging = ".specgen";
    private const string ListName = "complete";
    private const string GuardName = "guard";

    /// <param name="files">By their names, with '/'.</param>
    /// <param name="before">Called before each step with its name: where a test ends the process.</param>
    /// <param name="canSwap">False as on a system that cannot.</param>
    /// <exception cref="ProfileException">Something could not be written; then nothing is.</exception>
    public static void Write(string folder, IReadOnlyDictionary<string, byte[]> files, Action<string>? before = null, bool canSwap = true)
    {
        var staging = Path.Combine(folder, Staging);
        try
        {
            Recover(folder);
            RefuseReadOnly(folder, files.Keys);
            before?.Invoke("begin");
            if (canSwap && FolderSwap.TryWrite(folder, files, before))
            {
                return;
            }

            Directory.CreateDirectory(staging);
            using (var guard = Guard(staging))
            {
                Stage(staging, files, before);
                Move(folder, staging, before);
            }

            before?.Invoke("end");
            Directory.Delete(staging, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ProfileException(folder, 1, $"the pages could not be written: {exception.Message}");
        }
    }

    /// <summary>Ends what a process that was killed has begun.</summary>
    /// <exception cref="ProfileException">Another process is writing, or the files cannot be moved.</exception>
    public static void Recover(string folder)
    {
        var staging = Path.Combine(folder, Staging);
        try
        {
            FolderSwap.Recover(folder);
            if (!Directory.Exists(staging))
            {
                return;
            }

            using (var guard = Guard(staging))
            {
                if (File.Exists(Path.Combine(staging, ListName)))
                {
                    Move(folder, staging, null);
                }
            }

            Directory.Delete(staging, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ProfileException(folder, 1, $"another specgen is writing these pages, or what one began cannot be ended: {exception.Message}");
        }
    }

    /// <summary>What its owner has said not to write is not got round by moving another file to its place.</summary>
    private static void RefuseReadOnly(string folder, IEnumerable<string> names)
    {
        foreach (var path in names.Select(name => Path.Combine(folder, name)))
        {
            if (File.Exists(path) && File.GetAttributes(path).HasFlag(FileAttributes.ReadOnly))
            {
                throw new ProfileException(path, 1, "the file is read-only; nothing was written");
            }

            // On Windows the attribute of a folder says nothing about writing.
            if (!OperatingSystem.IsWindows() && Path.GetDirectoryName(path) is { } parent && Directory.Exists(parent) && File.GetAttributes(parent).HasFlag(FileAttributes.ReadOnly))
            {
                throw new ProfileException(parent, 1, "the folder is read-only; nothing was written");
            }
        }
    }

    public static FileStream Guard(string staging) => new(Path.Combine(staging, GuardName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    private static void Stage(string staging, IReadOnlyDictionary<string, byte[]> files, Action<string>? before)
    {
        var number = 0;
        foreach (var (name, bytes) in files)
        {
            before?.Invoke("stage " + name);
            Flushed(Path.Combine(staging, StagedName(number++)), bytes);
        }

        before?.Invoke("list");
        var list = Path.Combine(staging, ListName);
        Flushed(list + ".part", Encoding.UTF8.GetBytes(string.Join('\n', files.Keys)));
        before?.Invoke("commit");
        File.Move(list + ".part", list);
    }

    private static void Move(string folder, string staging, Action<string>? before)
    {
        var list = Path.Combine(staging, ListName);
        var names = File.ReadAllLines(list);
        for (var i = 0; i < names.Length; i++)
        {
            before?.Invoke("move " + names[i]);
            var staged = Path.Combine(staging, StagedName(i));
            var target = Path.GetFullPath(Path.Combine(folder, names[i]));
            if (File.Exists(staged) && target.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                // A page that is a link stays one.
                var linked = File.Exists(target) ? File.ResolveLinkTarget(target, returnFinalTarget: true) : null;
                File.Move(staged, linked?.FullName ?? target, overwrite: true);
            }
        }

        before?.Invoke("done");
        File.Delete(list);
    }

    private static string StagedName(int number) => number.ToString(CultureInfo.InvariantCulture) + ".new";

    public static void Flushed(string path, byte[] bytes)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
        stream.Write(bytes);
        stream.Flush(flushToDisk: true);
    }
}
