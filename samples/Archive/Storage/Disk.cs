using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Archive.Storage;

/// <summary>What is done with files for good: a place of its own, so that a test can take away what was not flushed.</summary>
internal class Disk
{
    private const int ReadOnly = 0;
    private const int CurrentFolder = -100, NoReplace = 1, Exists = 17;

    private static bool s_hasRename = true;

    /// <summary>Gives a file its name, unless another has that.</summary>
    /// <returns>False when another has it.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder that it is to have a name in is not there.</exception>
    public virtual bool TryMove(string source, string target)
    {
        // File.Move links and unlinks, and looks four times whether it may; Linux has one call for all that. What that cannot do, or says no to, File.Move does, or says why not.
        if (OperatingSystem.IsLinux() && s_hasRename)
        {
            try
            {
                if (Rename(CurrentFolder, source, CurrentFolder, target, NoReplace) == 0)
                {
                    return true;
                }
                if (Marshal.GetLastPInvokeError() == Exists)
                {
                    return false;
                }
            }
            catch (EntryPointNotFoundException)
            {
                s_hasRename = false;
            }
        }
        try
        {
            File.Move(source, target, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(target))
        {
            return false;
        }
    }

    /// <summary>Gives a file the name of another one, which is no more.</summary>
    public virtual void Replace(string source, string target) => File.Move(source, target, overwrite: true);

    public virtual void Flush(string file)
    {
        using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.FlushToDisk(handle);
    }

    /// <summary>Flushes the names of a folder's files. Where the system has no such thing, it does so by itself.</summary>
    public virtual void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        using var handle = new SafeFileHandle(Open(folder, ReadOnly), ownsHandle: true);
        if (handle.IsInvalid || Synchronize(handle) != 0)
        {
            throw new IOException($"A folder cannot be flushed: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        }
    }

    [DllImport("libc", EntryPoint = "renameat2", SetLastError = true)]
    private static extern int Rename(int sourceFolder, [MarshalAs(UnmanagedType.LPUTF8Str)] string source, int targetFolder, [MarshalAs(UnmanagedType.LPUTF8Str)] string target, uint flags);

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern nint Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Synchronize(SafeFileHandle handle);
}
