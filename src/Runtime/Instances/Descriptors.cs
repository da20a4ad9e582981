using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Specgen.Instances;

/// <summary>
/// File descriptors, of which a process on Unix may have a number only. Whatever peers do must not take the last of them: .NET needs one or two for each new thread, and ends the process where there is none.
/// A new descriptor is the lowest number that is free (POSIX), so its number says how many are in use. Windows has handles instead, as many as one likes.
/// </summary>
internal static partial class Descriptors
{
    /// <summary>For threads, and for what handlers open.</summary>
    private const int Reserve = 48;

    /// <summary>A quarter is not for connections, or as many as this: each connection may need a file as well.</summary>
    private const int MostForFiles = 4096;

    /// <summary>How many there may be.</summary>
    public static int Limit { get; } = FindLimit();

    private static int LimitOfConnections => Limit - Math.Clamp(Limit / 4, Reserve, MostForFiles);

    /// <summary>Whether a connection may stay: it has a low number, or there are low ones again.</summary>
    /// <exception cref="SocketException">There is no descriptor at all.</exception>
    public static bool HaveRoomFor(Socket connection)
    {
        if (connection.Handle < LimitOfConnections)
        {
            return true;
        }

        using var another = new Socket(SocketType.Stream, ProtocolType.Tcp);
        return another.Handle < LimitOfConnections;
    }

    /// <summary>What was opened; closed again where that is of the reserve.</summary>
    /// <exception cref="IOException">It is.</exception>
    public static T Checked<T>(T opened)
        where T : SafeHandle
    {
        if (opened.DangerousGetHandle() < Limit - Reserve)
        {
            return opened;
        }

        opened.Dispose();
        throw new IOException("Too many open files");
    }

    private static int FindLimit()
    {
        const int LinuxNumberOfFiles = 7, BsdNumberOfFiles = 8;

        // What counts, and as far as that may be raised.
        var limits = new nuint[2];
        return !OperatingSystem.IsWindows() && GetLimits(OperatingSystem.IsLinux() ? LinuxNumberOfFiles : BsdNumberOfFiles, ref limits[0]) == 0
            ? (int)Math.Min(limits[0], int.MaxValue)
            : int.MaxValue;
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimits(int resource, ref nuint limits);
}
