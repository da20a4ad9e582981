namespace FellowOakDicom.IO.Writer;

/// <summary>How a data set is written. Nothing of it can be chosen here.</summary>
public class DicomWriteOptions
{
    internal DicomWriteOptions()
    {
    }

    public static DicomWriteOptions Default => new();
}
