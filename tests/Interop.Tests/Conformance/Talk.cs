using FellowOakDicom;
using Specgen.Interop.Tests.Wire;
using Specgen.Standard;
using Specgen.Testing;

namespace Specgen.Interop.Tests.Conformance;

/// <summary>An association made of bytes, for requests of every DIMSE service, right or wrong. What comes in meanwhile (instances of a C-GET, reports) is answered Success.</summary>
internal sealed class Talk : IDisposable
{
    private const ushort Store = 0x0001, Report = 0x0100;

    /// <summary>Of a fragment: less than the PDU that the samples take.</summary>
    private const int LongestFragment = 100_000;

    private readonly RoughPeer _peer;
    private readonly IReadOnlyList<string> _sopClasses;
    private ushort _messageId;

    private Talk(RoughPeer peer, IReadOnlyList<string> sopClasses) => (_peer, _sopClasses) = (peer, sopClasses);

    /// <summary>Data that no transfer syntax has: a length that is longer than all of it.</summary>
    public static byte[] Garbage { get; } = [0x08, 0x00, 0x52, 0x00, 0xFF, 0xFF, 0xFF, 0x00, 0x01, 0x02];

    /// <summary>A data set that is longer than the statement says that one may be: Patient Comments of more than 16 MB.</summary>
    public static byte[] TooLong { get; } = DataSetText.Element(0x0010, 0x4000, new byte[(16 * 1024 * 1024) + 2]);

    /// <summary>Proposes SOP classes in Implicit VR Little Endian, and to be the SCP of others.</summary>
    public static async Task<Talk> OpenAsync(int port, string called, IReadOnlyList<string> sopClasses, params string[] taken)
    {
        var all = sopClasses.Concat(taken).ToList();
        var proposals = all.Select(static (uid, i) => new Proposal(Id(i), uid, TransferSyntaxUids.ImplicitVRLittleEndian));
        var peer = await RoughPeer.ConnectAsync("127.0.0.1", port);
        await peer.SendAsync(Pdu.RequestAssociation(called, "ROUGH", proposals, userItems: [.. taken.SelectMany(static uid => Pdu.Role(uid, scu: false, scp: true))]));
        var accept = await peer.ReadAsync(Pdu.AssociateAccept);
        Assert.IsTrue(accept.Results.Values.All(static result => result == 0), peer.Transcript.ToString());
        return new Talk(peer, all);
    }

    /// <summary>Asks, and gives every status that was answered, the last one last.</summary>
    public async Task<IReadOnlyList<ushort>> AskAsync(
        DimseOperation operation, string sopClass, byte[]? dataSet = null, string? instance = null, string? named = null, ushort? type = null, string? destination = null)
    {
        await _peer.SendAsync(Request(operation, sopClass, dataSet, instance, named, type, destination));
        return await AnswersAsync(_messageId);
    }

    /// <summary>Asks twice and cancels the second, all at once: when its turn comes, it is cancelled already.</summary>
    public async Task<IReadOnlyList<ushort>> CancelAsync(DimseOperation operation, string sopClass, byte[] dataSet, string? destination = null)
    {
        byte[] both = [.. Request(operation, sopClass, dataSet, destination: destination), .. Request(operation, sopClass, dataSet, destination: destination),
            .. Pdu.Fragment(Id(IndexOf(sopClass)), isCommand: true, isLast: true, DimseCommand.Cancel(_messageId).ToArray()).ToArray()];
        await _peer.SendAsync(both);
        await AnswersAsync((ushort)(_messageId - 1));
        return await AnswersAsync(_messageId);
    }

    public void Dispose() => _peer.Dispose();

    /// <summary>A data set in Implicit VR Little Endian.</summary>
    public static byte[] Bytes(DicomDataset dataSet)
    {
        using var bytes = new MemoryStream();
        foreach (var item in dataSet)
        {
            byte[] value = item is DicomSequence sequence
                ? [.. sequence.Items.SelectMany(static i => DataSetText.Element(0xFFFE, 0xE000, Bytes(i)))]
                : ((DicomElement)item).Buffer.Data;
            bytes.Write(DataSetText.Element(item.Tag.Group, item.Tag.Element, value.Length % 2 == 0 ? value : [.. value, item.ValueRepresentation.Code == "UI" ? (byte)0 : (byte)' ']));
        }

        return bytes.ToArray();
    }

    private byte[] Request(DimseOperation operation, string sopClass, byte[]? dataSet, string? instance = null, string? named = null, ushort? type = null, string? destination = null)
    {
        var id = Id(IndexOf(sopClass));
        var command = DimseCommand.Request(Field(operation), ++_messageId, named ?? sopClass, instance, type, dataSet is not null);
        _ = operation is DimseOperation.CStore or DimseOperation.CFind or DimseOperation.CGet or DimseOperation.CMove ? command.Set(0x0700, 0) : command;
        _ = destination is null ? command : command.Set(0x0600, destination, ' ');
        using var bytes = new MemoryStream();
        bytes.Write(Pdu.Fragment(id, isCommand: true, isLast: true, command.ToArray()).ToArray());
        for (var at = 0; at < dataSet?.Length; at += LongestFragment)
        {
            bytes.Write(Pdu.Fragment(id, isCommand: false, isLast: dataSet.Length - at <= LongestFragment, dataSet.AsSpan(at, Math.Min(LongestFragment, dataSet.Length - at))).ToArray());
        }

        return bytes.ToArray();
    }

    private async Task<IReadOnlyList<ushort>> AnswersAsync(ushort messageId)
    {
        var statuses = new List<ushort>();
        while (true)
        {
            var (context, command, _) = await _peer.ReadMessageAsync();
            if (command.Field is Store or Report)
            {
                await _peer.SendAsync(context, DimseCommand.Response(command, 0));
                continue;
            }

            Assert.AreEqual(messageId, command.MessageIdBeingRespondedTo);
            statuses.Add(command.Status);
            if (command.Status is not (0xFF00 or 0xFF01))
            {
                return statuses;
            }
        }
    }

    private int IndexOf(string sopClass) => _sopClasses.Select(static (uid, i) => (uid, i)).First(s => s.uid == sopClass).i;

    private static byte Id(int index) => (byte)((2 * index) + 1);

    private static ushort Field(DimseOperation operation) => operation switch
    {
        DimseOperation.CStore => Store,
        DimseOperation.CGet => 0x0010,
        DimseOperation.CFind => 0x0020,
        DimseOperation.CMove => 0x0021,
        DimseOperation.CEcho => 0x0030,
        DimseOperation.NEventReport => Report,
        DimseOperation.NGet => 0x0110,
        DimseOperation.NSet => 0x0120,
        DimseOperation.NAction => 0x0130,
        DimseOperation.NCreate => 0x0140,
        DimseOperation.NDelete => 0x0150,
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };
}
