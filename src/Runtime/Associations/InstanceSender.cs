using FellowOakDicom;
using FellowOakDicom.Imaging.Codec;
using Specgen.Instances;

namespace Specgen.Associations;

/// <summary>Sends instances with C-STORE: as they are where there is a presentation context for that, else converted, if they can be.</summary>
/// <param name="peer">Who takes them, for messages.</param>
/// <param name="contexts">The presentation contexts that we are SCU in.</param>
/// <param name="transcoders">What can be converted.</param>
/// <param name="limits">What a file may cost that somebody made.</param>
/// <param name="send">Sends a request and gives its answer.</param>
internal sealed class InstanceSender(
    string peer, IReadOnlyList<NegotiatedContext> contexts, ITranscoderManager transcoders, DataSetLimits limits, Func<OutgoingRequest, CancellationToken, ValueTask<DimseResponse>> send)
{
    /// <summary>Who asked for the instances with a C-MOVE, and with which Message ID.</summary>
    public (string AETitle, ushort MessageId)? MoveOriginator { get; init; }

    /// <summary>What is sent for somebody else is not compressed or decompressed: only one uncompressed transfer syntax is made another.</summary>
    public bool KeepsPixels { get; init; }

    /// <summary>What a SOP class is called, for messages and traces; by itself that of no page.</summary>
    public Func<string, SopClass> SopClassOf { get; init; } = SopClass.Unknown;

    /// <summary>What is converted for peers is charged to it; null where it is our own doing.</summary>
    public MemoryShare? Memory { get; init; }

    /// <exception cref="ContextNotAcceptedException">No presentation context fits.</exception>
    /// <exception cref="InvalidDataException">It is not a DICOM file, its data set is cut short, malformed or exceeds a limit, or it cannot be converted.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="AssociationException">The association ended, or the peer did not answer in time.</exception>
    public async ValueTask<DimseResponse> SendAsync(InstanceReference instance, CancellationToken cancellationToken)
    {
        if (instance.File is { } loaded)
        {
            return await SendAsync(instance, loaded, cancellationToken).ConfigureAwait(false);
        }

        var stream = await instance.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            if (!DicomFileHeader.TryRead(stream, out var header))
            {
                throw new InvalidDataException($"{instance} is not a DICOM file.");
            }

            var sopClass = SopClassOf(header.SopClassUid);
            var context = Contexts(sopClass).FirstOrDefault(c => c.TransferSyntax.UID.UID == header.TransferSyntaxUid);
            try
            {
                if (context is null)
                {
                    // What is read, what is written, and what that grows by.
                    using var memory = Memory?.Lease();
                    if (memory is not null && !await memory.TakeAsync(3 * stream.Length, cancellationToken).ConfigureAwait(false))
                    {
                        throw NoMemoryException.Now();
                    }

                    stream.Position = 0;
                    var file = await DicomFiles.OpenAsync(stream, limits, FileReadOption.ReadLargeOnDemand, cancellationToken).ConfigureAwait(false);
                    return await SendAsync(instance, file, cancellationToken).ConfigureAwait(false);
                }

                // As it is, byte by byte; but what was cut short on a disk is not sent as if it were an instance.
                stream.Position = header.DataSetOffset;
                DataSetGuard.Check(stream, context.TransferSyntax, limits);
            }
            catch (RefusedDataSetException e)
            {
                throw new InvalidDataException($"{instance} cannot be sent. {e.Message}", e);
            }

            stream.Position = header.DataSetOffset;
            return await send(
                new OutgoingRequest(DimseOperation.CStore, context, sopClass) { SopInstanceUid = header.SopInstanceUid, Source = stream, MoveOriginator = MoveOriginator },
                cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<DimseResponse> SendAsync(InstanceReference instance, DicomFile file, CancellationToken cancellationToken)
    {
        var sopClass = SopClassOf(instance.SopClassUid);
        var own = file.Dataset.InternalTransferSyntax;
        // What fo-dicom cannot convert, it would write without its pixels, and say nothing. Pixels that are at a server are so by JPIP's transfer syntaxes only (PS3.5 §A.6).
        var candidates = Contexts(sopClass);
        var context = candidates.FirstOrDefault(c => c.TransferSyntax == own)
            ?? candidates.FirstOrDefault(c => !c.TransferSyntax.IsDeflate && (CanConvert(own, c.TransferSyntax) || !file.Dataset.Contains(DicomTag.PixelData)) && !file.Dataset.Contains(DicomTag.PixelDataProviderURL))
            ?? throw new ContextNotAcceptedException(
                $"{peer} accepted {sopClass} only in transfer syntaxes that {own.UID.Name} cannot be converted to: {string.Join(", ", candidates.Select(static c => c.TransferSyntax.UID.UID))}.", sopClass);
        var request = new OutgoingRequest(DimseOperation.CStore, context, sopClass)
        {
            SopInstanceUid = instance.SopInstanceUid,
            DataSet = Convert(instance, file.Dataset, context.TransferSyntax),
            MoveOriginator = MoveOriginator,
        };
        return await send(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Codecs have exceptions of all kinds; and it is about this instance only.</summary>
    private static byte[] Convert(InstanceReference instance, DicomDataset dataset, DicomTransferSyntax syntax)
    {
        try
        {
            return DataSetCodec.Encode(dataset, syntax);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new InvalidDataException($"{instance} cannot be converted from {dataset.InternalTransferSyntax.UID.Name} to {syntax.UID.Name}. {e.Message}", e);
        }
    }

    private bool CanConvert(DicomTransferSyntax own, DicomTransferSyntax other) =>
        KeepsPixels ? !own.IsEncapsulated && !other.IsEncapsulated : transcoders.CanTranscode(own, other);

    private List<NegotiatedContext> Contexts(SopClass sopClass)
    {
        List<NegotiatedContext> fitting = [.. contexts.Where(c => c.IsScu && c.AbstractSyntax == sopClass.Uid)];
        return fitting.Count > 0 ? fitting : throw new ContextNotAcceptedException($"{peer} did not accept {sopClass}.", sopClass);
    }
}
