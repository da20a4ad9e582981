using System.Text.RegularExpressions;

namespace FellowOakDicom;

/// <summary>
/// What PS3.5 §6.2 says of values: lengths, the characters of a UID, a code, a number, a date and a time, the multiplicity in the dictionary.
/// </summary>
internal static partial class Validation
{
    public static void Check(DicomElement element)
    {
        var vr = element.ValueRepresentation;
        if (!vr.IsString)
        {
            return;
        }

        var values = element.Get<string[]>();
        if (!vr.IsMultiValue || values.Length == 0)
        {
            return;
        }

        if (values.Length > element.Tag.DictionaryEntry.MaximumMultiplicity)
        {
            throw new DicomValidationException(element.Get<string>(), vr, $"the element {element.Tag} has {values.Length} values, {element.Tag.DictionaryEntry.MaximumMultiplicity} at most");
        }

        foreach (var value in values)
        {
            if (vr.MaximumLength > 0 && value.Length > vr.MaximumLength)
            {
                throw new DicomValidationException(value, vr, $"value is longer than {vr.MaximumLength} characters");
            }

            if (vr == DicomVR.UI && value.Length > 0 && !DicomUID.IsValidUid(value))
            {
                throw new DicomValidationException(value, vr, "value is no UID");
            }

            // Dates and times may be ranges, as keys of a query are.
            var isRange = vr.Code is "DA" or "TM";
            if (Pattern(vr) is { } pattern && (isRange ? value.Split('-') : [value]).Any(part => part.Trim().Length > 0 && !pattern.IsMatch(part.Trim())))
            {
                throw new DicomValidationException(value, vr, "value is none of its VR");
            }
        }
    }

    private static Regex Pattern(DicomVR vr) => vr.Code switch
    {
        "CS" => Code(),
        "DA" => Date(),
        "TM" => Time(),
        "IS" => Integer(),
        "DS" => Decimal(),
        _ => null,
    };

    [GeneratedRegex("^[A-Z0-9 _]*$")]
    private static partial Regex Code();

    [GeneratedRegex(@"^[0-9]{4}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])$")]
    private static partial Regex Date();

    [GeneratedRegex(@"^([01][0-9]|2[0-3])([0-5][0-9](([0-5][0-9]|60)(\.[0-9]{1,6})?)?)?$")]
    private static partial Regex Time();

    [GeneratedRegex(@"^[+-]?[0-9]+$")]
    private static partial Regex Integer();

    [GeneratedRegex(@"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$")]
    private static partial Regex Decimal();
}
