using System.Text;
using FellowOakDicom;
using Specgen.Instances;

namespace Specgen.Handlers;

/// <summary>Instances that a test says have been received: kept, looked at and saved as those are that have.</summary>
internal static class TestInstance
{
    /// <summary>For what does not stay in memory. Cleared at the end of the process, or by the next that receives.</summary>
    private static readonly Lazy<ReceiveFolder> s_folder = new(static () =>
    {
        var folder = ReceiveFolder.Open(DefaultFolder.Path);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        return folder;
    });

    /// <exception cref="DicomDataException">The instance is not one that a handler would ever see.</exception>
    public static CStoreContext Receive(DicomFile file, TestRequest request)
    {
        var syntax = request.TransferSyntax ?? file.Dataset.InternalTransferSyntax;
        using var whole = new MemoryStream();
        if (file.Dataset.InternalTransferSyntax == syntax)
        {
            file.Save(whole);
        }
        else
        {
            whole.Write(Part10Header.Create(Uid(DicomTag.SOPClassUID), Uid(DicomTag.SOPInstanceUID), syntax.UID.UID, ""));
            whole.Write(DataSetCodec.Encode(file.Dataset, syntax));
        }

        whole.Position = 0;
        if (!DicomFileHeader.TryRead(whole, out var header))
        {
            throw new DicomDataException("The file has no SOP Class UID or no SOP Instance UID");
        }

        var begin = Part10Header.Create(Encoding.Latin1.GetBytes(header.SopClassUid), Encoding.Latin1.GetBytes(header.SopInstanceUid), syntax.UID.UID, request.CallingAE);
        var memory = new MemoryShare(MemoryBudget.OfOne(null, TimeProvider.System)).Lease();
        var received = new ReceivedInstance(static () => s_folder.Value, begin, syntax, DataSetLimits.Default, memory, request.HeaderAttributes, request.DataSetObserver?.Invoke());
        received.Write(whole.GetBuffer().AsSpan((int)header.DataSetOffset, (int)(whole.Length - header.DataSetOffset)));
        received.Identify();
        return request.Make(info => new CStoreContext(info, received), header.SopInstanceUid, header.SopClassUid, syntax);

        byte[] Uid(DicomTag tag) => Encoding.Latin1.GetBytes(file.Dataset.GetSingleValueOrDefault(tag, ""));
    }
}
