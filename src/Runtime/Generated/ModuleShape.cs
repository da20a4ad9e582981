using System.ComponentModel;
using System.Globalization;
using FellowOakDicom;

namespace Specgen.Generated;

/// <summary>The attributes of a generated view as its table has them. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ModuleShape
{
    /// <summary>A value representation that the table does not have.</summary>
    private const string UnknownVr = "??";
    private const char PrivateCreator = 'P';

    private ModuleShape(Attribute[] attributes) => Attributes = attributes;

    internal Attribute[] Attributes { get; }

    /// <summary>Reads what the generator wrote.</summary>
    /// <param name="attributes">
    /// An attribute after the other with a semicolon between: group and element as eight hexadecimal digits, the value representation or <c>??</c>, the type (may be empty), and a comma and the usage
    /// SCU/SCP for each message that has it, behind the message's letter: C N-CREATE, S N-SET, G N-GET, A N-ACTION, E N-EVENT-REPORT. P is before the creator of a private attribute, escaped as in
    /// addresses; the tag then has any block. In braces behind it, in the same form, what the items have where that is not what their view has: a macro's attributes have types of their own where it is
    /// included.
    /// </param>
    public static ModuleShape Of(string attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        return new ModuleShape([.. Split(attributes).Select(Attribute.Read)]);
    }

    /// <summary>At the semicolons that are in no braces.</summary>
    private static IEnumerable<string> Split(string attributes)
    {
        var (start, depth) = (0, 0);
        for (var i = 0; i <= attributes.Length; i++)
        {
            if (i == attributes.Length || (attributes[i] == ';' && depth == 0))
            {
                if (i > start)
                {
                    yield return attributes[start..i];
                }

                start = i + 1;
            }
            else
            {
                depth += attributes[i] switch { '{' => 1, '}' => -1, _ => 0 };
            }
        }
    }

    /// <param name="Tag">The attribute.</param>
    /// <param name="Vr">Its value representation; <see langword="null"/> for that of the dictionary.</param>
    /// <param name="Type">1, 1C, 2, 2C, 3, or empty (PS3.5 §7.4).</param>
    /// <param name="Usages">Of each message that the table speaks of (PS3.4 §5.4).</param>
    /// <param name="Creator">The private creator that the attribute is of; <see langword="null"/> for one of the standard.</param>
    /// <param name="Items">What the items have, in the place of their view's own shape; null for that.</param>
    internal sealed record Attribute(
        DicomTag Tag, DicomVR? Vr, string Type, IReadOnlyList<(DimseOperation Operation, string Scu, string Scp)> Usages, string? Creator, ModuleShape? Items)
    {
        public static Attribute Read(string text)
        {
            var brace = text.IndexOf('{', StringComparison.Ordinal);
            var parts = (brace < 0 ? text : text[..brace]).Split(',');
            var head = parts[0];
            var tag = new DicomTag(ushort.Parse(head.AsSpan(0, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture), ushort.Parse(head.AsSpan(4, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            return new Attribute(
                tag,
                head.Substring(8, 2) is var vr && vr == UnknownVr ? null : DicomVR.Parse(vr),
                head[10..],
                Array.ConvertAll(Array.FindAll(parts[1..], static part => part[0] != PrivateCreator), ReadUsage),
                Array.Find(parts[1..], static part => part[0] == PrivateCreator) is { } creator ? Uri.UnescapeDataString(creator[1..]) : null,
                brace < 0 ? null : Of(text[(brace + 1)..^1]));
        }

        private static (DimseOperation Operation, string Scu, string Scp) ReadUsage(string text)
        {
            var slash = text.IndexOf('/', StringComparison.Ordinal);
            var operation = text[0] switch
            {
                'C' => DimseOperation.NCreate,
                'S' => DimseOperation.NSet,
                'G' => DimseOperation.NGet,
                'A' => DimseOperation.NAction,
                'E' => DimseOperation.NEventReport,
                _ => throw new FormatException($"'{text}' is the usage of no message."),
            };
            return (operation, text[1..slash], text[(slash + 1)..]);
        }
    }
}
