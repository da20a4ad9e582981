using System.Text;

namespace FellowOakDicom;

/// <summary>Encodings by the terms of Specific Character Set.</summary>
public static class DicomEncoding
{
    /// <summary>The encoding of a term; that of no term is for the default repertoire.</summary>
    /// <param name="charset">The term, "ISO_IR 192".</param>
    public static Encoding GetEncoding(string charset) => CharacterSets.Of(charset);
}
