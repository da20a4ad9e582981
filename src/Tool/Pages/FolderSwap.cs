using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Specgen.Tool.Pages;

/// <summary>
/// Gives a folder another content at one stroke: a whole new folder is written beside it, and the two change their names in one system call
/// (renameat2 with RENAME_EXCHANGE). Linux has it, on most file systems; elsewhere <see cref="FolderWriter"/> keeps a list.
/// </summary>
internal static partial class FolderSwap
{
    private const string NewName = "new";
    private const int CurrentFolder = -100;
    private const uint Exchange = 2;

    // errno of Linux.
    private const int NotPermitted = 1;
    private const int Busy = 16;
    private const int CrossDevice = 18;
    private const int InvalidArgument = 22;
    private const int NotImplemented = 38;
    private const int NotSupported = 95;

    /// <summary>Where the new folder is written, and the old one is when they have changed their names.</summary>
    public static string Staging(string folder)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return Path.Combine(Path.GetDirectoryName(full) ?? full, "." + Path.GetFileName(full) + ".specgen");
    }

    /// <returns>False where the system cannot do so; then nothing has happened.</returns>
    /// <exception cref="IOException">Something was written into the folder in the meantime, or by another specgen.</exception>
    public static bool TryWrite(string folder, IReadOnlyDictionary<string, byte[]> files, Action<string>? before)
    {
        if (!OperatingSystem.IsLinux() || !Directory.Exists(folder) || HasLinks(folder))
        {
            return false;
        }

        var staging = Staging(folder);
        try
        {
            before?.Invoke("create");
            Directory.CreateDirectory(staging);
        }
        catch (UnauthorizedAccessException)
        {
            // The folder may be written into, the one that it is in may not.
            return false;
        }

        bool isDone;
        using (FolderWriter.Guard(staging))
        {
            try
            {
                isDone = IsWritten(folder, Path.Combine(staging, NewName), files, before);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Directory.Delete(staging, recursive: true);
                throw;
            }
        }

        before?.Invoke("delete");
        Directory.Delete(staging, recursive: true);
        return isDone;
    }

    private static bool IsWritten(string folder, string @new, IReadOnlyDictionary<string, byte[]> files, Action<string>? before)
    {
        var seen = Copy(folder, @new, before);
        foreach (var (name, bytes) in files)
        {
            before?.Invoke("write " + name);
            var path = Path.Combine(@new, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            FolderWriter.Flushed(path, bytes);
        }

        if (!seen.SetEquals(Stamps(folder)))
        {
            throw new IOException("files were changed while they were read");
        }

        before?.Invoke("swap");
        return IsExchanged(folder, @new);
    }

    /// <summary>Takes away what a process that was killed has left: the folder itself is all old or all new.</summary>
    public static void Recover(string folder)
    {
        var staging = Staging(folder);
        if (Directory.Exists(staging))
        {
            using (FolderWriter.Guard(staging))
            {
            }

            Directory.Delete(staging, recursive: true);
        }
    }

    private static bool HasLinks(string folder) => new DirectoryInfo(folder).LinkTarget is not null
        || Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Any(static entry => File.GetAttributes(entry).HasFlag(FileAttributes.ReparsePoint));

    /// <summary>With times and rights, so that no build takes a page that is the same for a new one.</summary>
    private static HashSet<string> Copy(string from, string to, Action<string>? before)
    {
        var stamps = Stamps(from);
        foreach (var folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories).Prepend(from))
        {
            before?.Invoke("copy " + folder);
            var target = Path.Combine(to, Path.GetRelativePath(from, folder));
            Directory.CreateDirectory(target);
            foreach (var file in Directory.EnumerateFiles(folder))
            {
                File.Copy(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
            }

            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(target, File.GetUnixFileMode(folder));
            }
        }

        return stamps;
    }

    private static HashSet<string> Stamps(string folder) => new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
        .Select(static file => string.Create(CultureInfo.InvariantCulture, $"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}"))
        .ToHashSet(StringComparer.Ordinal);

    private static bool IsExchanged(string one, string other)
    {
        try
        {
            if (RenameAt2(CurrentFolder, Path.GetFullPath(one), CurrentFolder, Path.GetFullPath(other), Exchange) == 0)
            {
                return true;
            }

            // Not this file system, not this kernel, a mount point: what a list can do still.
            var error = Marshal.GetLastPInvokeError();
            return error is InvalidArgument or CrossDevice or NotImplemented or NotSupported or Busy or NotPermitted
                ? false
                : throw new IOException(new Win32Exception(error).Message);
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAt2(int oldFolder, string oldPath, int newFolder, string newPath, uint flags);
}
