namespace FellowOakDicom.Imaging.Codec;

/// <summary>Converts pixel data between transfer syntaxes. There are no codecs here: encapsulated pixel data is carried as it is.</summary>
public interface ITranscoderManager
{
    bool HasCodec(DicomTransferSyntax syntax);

    bool CanTranscode(DicomTransferSyntax inSyntax, DicomTransferSyntax outSyntax);
}

public class DefaultTranscoderManager : ITranscoderManager
{
    public bool HasCodec(DicomTransferSyntax syntax) => false;

    public bool CanTranscode(DicomTransferSyntax inSyntax, DicomTransferSyntax outSyntax) => inSyntax == outSyntax || (!inSyntax.IsEncapsulated && !outSyntax.IsEncapsulated);
}

public static class DicomCodecExtensions
{
    /// <summary>A copy of the data set that is written in the transfer syntax.</summary>
    public static DicomDataset Clone(this DicomDataset original, DicomTransferSyntax target)
    {
        if (original.InternalTransferSyntax != target && (original.InternalTransferSyntax.IsEncapsulated || target.IsEncapsulated) && original.Contains(DicomTag.PixelData))
        {
            throw new DicomDataException($"Pixel data cannot be converted from {original.InternalTransferSyntax} to {target}");
        }

        var copy = original.Clone();
        copy.InternalTransferSyntax = target;
        return copy;
    }
}
