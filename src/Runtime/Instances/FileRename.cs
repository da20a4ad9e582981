using System.Runtime.InteropServices;

namespace Specgen.Instances;

/// <summary>
/// A rename that is a rename. <see cref="File.Move(string, string, bool)"/> copies where source and target lie on different volumes, so that half a file is seen under the target's name.
/// </summary>
internal static partial class FileRename
{
    private const int Unix_NoEntry = 2, Unix_CrossDevice = 18;
    private const int Windows_FileNotFound = 2, Windows_PathNotFound = 3, Windows_NotSameDevice = 17;
    private const uint Windows_ReplaceExisting = 1;

    /// <summary>Renames a file; one that has the new name is replaced. Missing folders are made.</summary>
    /// <returns>False when the target lies on another volume, and nothing has been done.</returns>
    /// <exception cref="IOException">It cannot be renamed.</exception>
    public static bool TryRename(string source, string target)
    {
        var error = Rename(source, target);
        if (OperatingSystem.IsWindows() ? error is Windows_PathNotFound or Windows_FileNotFound : error is Unix_NoEntry)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            error = Rename(source, target);
        }

        return error switch
        {
            0 => true,
            Unix_CrossDevice when !OperatingSystem.IsWindows() => false,
            Windows_NotSameDevice when OperatingSystem.IsWindows() => false,
            _ => throw new IOException($"'{target}' cannot be made: {Marshal.GetPInvokeErrorMessage(error)}"),
        };
    }

    private static int Rename(string source, string target) =>
        OperatingSystem.IsWindows()
            ? MoveFileEx(source, target, Windows_ReplaceExisting) ? 0 : Marshal.GetLastPInvokeError()
            : UnixRename(source, target) == 0 ? 0 : Marshal.GetLastPInvokeError();

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int UnixRename(string source, string target);

    [LibraryImport("kernel32", EntryPoint = "MoveFileExW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool MoveFileEx(string source, string target, uint flags);
}
