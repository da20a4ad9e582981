using System.Globalization;

namespace Specgen.Spec.Tests.Plain;

/// <summary>A row of a status table.</summary>
internal sealed record PlainStatus(int First, int Last, string Category, string Description)
{
    /// <summary>Codes as our pages and the manual's write them: 0xA700, 0xA700 to 0xA7FF.</summary>
    public static PlainStatus Of(IReadOnlyList<string> row)
    {
        var codes = row[0].Split(" to ");
        return new PlainStatus(Code(codes[0]), Code(codes[^1]), row[1], row[2]);
    }

    public override string ToString() => First == Last ? $"{First:X4} {Category} {Description}" : $"{First:X4}-{Last:X4} {Category} {Description}";

    private static int Code(string text)
    {
        Assert.IsTrue(text.Length == 6 && text.StartsWith("0x", StringComparison.Ordinal), text);
        return int.Parse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }
}
