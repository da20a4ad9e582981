using System.Globalization;

namespace Worklist;

/// <summary>What the program says: a line for each thing that happened.</summary>
internal static class ConsoleLog
{
    /// <summary>Peers' text goes into lines, so nothing in a line begins another one, or commands the terminal.</summary>
    public static void Line(string text)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{DateTime.Now:HH:mm:ss} {text}");
        Console.WriteLine(string.Concat(line.Select(static c => IsPrintable(c) ? c : '\uFFFD')));
    }

    private static bool IsPrintable(char c) => char.GetUnicodeCategory(c) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
