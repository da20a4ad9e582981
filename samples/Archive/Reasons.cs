using System.Data.Common;

namespace Archive;

/// <summary>What a peer is told about a failure of this side: what it can do about it, and nothing of paths, hosts and statements.</summary>
internal static class Reasons
{
    private const int DiskFull = 28, QuotaExceeded = 122, Windows_DiskFull = unchecked((int)0x80070070);

    public static string Of(Exception exception) => exception switch
    {
        IOException { HResult: DiskFull or QuotaExceeded or Windows_DiskFull } or IOException { InnerException: IOException { HResult: DiskFull or QuotaExceeded or Windows_DiskFull } } => "The disk is full",
        DbException => "The database cannot be written now",
        TimeoutException => "The archive is busy",
        UnauthorizedAccessException => "The archive may not write",
        _ => "The instance cannot be kept now",
    };
}
