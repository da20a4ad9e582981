using System.Globalization;

namespace Specgen.Tool.Network;

/// <summary>What several commands say in the same words.</summary>
internal static class Words
{
    /// <summary>"0xA700".</summary>
    public static string Code(ushort code) => "0x" + code.ToString("X4", CultureInfo.InvariantCulture);

    /// <summary>"1 instance", "2 instances".</summary>
    public static string Count(int number, string what) => string.Create(CultureInfo.InvariantCulture, $"{number} {what}{(number == 1 ? "" : "s")}");

    /// <summary>"Out of Resources (0xA700, the disk is full)".</summary>
    public static string Status(string description, ushort code, string? comment) => $"{(description.Length > 0 ? description : StatusCategories.Of(code).ToString())} ({Code(code)}{(comment is { Length: > 0 } ? ", " + comment : "")})";
}
