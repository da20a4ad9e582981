using System.Globalization;
using System.Numerics;

namespace Specgen.Tool.Pages;

/// <summary>A page for a private service class: right as it stands, and to be filled in.</summary>
internal static class NewPage
{
    private const string Suffix = "Service Class";

    /// <summary>The words of a title without "Service Class", or null when it is none.</summary>
    public static string[]? WordsOf(string title)
    {
        var name = title.Trim();
        name = name.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) ? name[..^Suffix.Length].Trim() : name;
        var words = name.Split([' ', '-', '/', '_'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 0 && name.Length <= 80 && char.IsAsciiLetter(words[0][0]) && words.All(static word => word.All(char.IsAsciiLetterOrDigit)) ? words : null;
    }

    /// <param name="uuid">Of which the SOP class's UID is made (PS3.5 §B.2).</param>
    public static string Of(string[] words, Guid uuid)
    {
        var name = string.Join(' ', words);
        var uid = "2.25." + new BigInteger(uuid.ToByteArray(bigEndian: true), isUnsigned: true, isBigEndian: true).ToString(CultureInfo.InvariantCulture);
        var keyword = string.Concat(words.Select(static word => char.ToUpperInvariant(word[0]) + word[1..]));
        var title = name + " " + Suffix;
        return $"""
            {title}
            {new string('=', title.Length)}

            What the service class is for, in a sentence.

            Supported SOP Classes
            ---------------------

            .. One row for each SOP class: its UID, under a root of your own if you have one, a C# identifier, and its name for people.

            {Grid([["UID", "SOP Class", "Name"], [uid, keyword, name]])}

            DIMSE Services
            --------------

            .. What users and providers of the SOP class support: Mandatory, Optional, Conditional or Not used.

            {Grid([["DIMSE Service", "Usage SCU/SCP"], ["N-ACTION", "Mandatory/Mandatory"]])}

            Action Types
            ------------

            .. What can be requested with N-ACTION. For N-EVENT-REPORT, write a table of Event Types in the same way.

            {Grid([["Action Type", "ID"], ["Begin", "1"]])}

            Statuses
            --------

            N-ACTION Statuses
            ~~~~~~~~~~~~~~~~~

            .. Use Bxxx for warnings of your own, and Cxxx for failures.

            {Grid([["Code (hex)", "Category", "Description"], ["0x0000", "Success", "Success"], ["0x0110", "Failure", "Processing Failure"], ["0xC001", "Failure", "What can go wrong"]])}

            """.ReplaceLineEndings("\n");
    }

    private static string Grid(string[][] rows)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length) + 2).ToArray();
        string Border(char mark) => "+" + string.Join('+', widths.Select(width => new string(mark, width))) + "+";
        return string.Join('\n', rows.SelectMany((row, i) => new[]
        {
            "|" + string.Join('|', row.Select((cell, column) => (" " + cell).PadRight(widths[column]))) + "|",
            Border(i == 0 ? '=' : '-'),
        }).Prepend(Border('-')));
    }
}
