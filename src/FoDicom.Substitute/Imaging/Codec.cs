namespace FellowOakDicom.Imaging.Codec;

/// <summary>Converts pixel data between transfer syntaxes. There are no codecs here: encapsulated pixel data is carried as it is.</summary>
public interface ITranscoderManager
{
    bool CanTranscode(DicomTransferSyntax inSyntax, DicomTransferSyntax outSyntax);
}

public class DefaultTranscoderManager : ITranscoderManager
{
    public bool CanTranscode(DicomTransferSyntax inSyntax, DicomTransferSyntax outSyntax) => inSyntax == outSyntax || (!inSyntax.IsEncapsulated && !outSyntax.IsEncapsulated);
}

/// <summary>Options of a codec; there are none here.</summary>
public abstract class DicomCodecParams
{
    private protected DicomCodecParams()
    {
    }
}

public static class DicomCodecExtensions
{
    /// <summary>A copy of the data set that is written in the transfer syntax.</summary>
    public static DicomDataset Clone(this DicomDataset dataset, DicomTransferSyntax syntax, DicomCodecParams parameters = null)
    {
        if (dataset.InternalTransferSyntax != syntax && (dataset.InternalTransferSyntax.IsEncapsulated || syntax.IsEncapsulated) && dataset.Contains(DicomTag.PixelData))
        {
            throw new DicomDataException($"Pixel data cannot be converted from {dataset.InternalTransferSyntax} to {syntax}");
        }

        var copy = dataset.Clone();
        copy.InternalTransferSyntax = syntax;
        return copy;
    }
}
