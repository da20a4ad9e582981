namespace FellowOakDicom;

/// <summary>What PS3.5 §6.2 says of values: lengths, the characters of a UID, the multiplicity in the dictionary.</summary>
internal static class Validation
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
        }
    }
}
