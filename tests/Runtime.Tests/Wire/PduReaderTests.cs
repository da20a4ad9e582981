using System.Buffers.Binary;
using FellowOakDicom.Network;
using Specgen.Runtime.Tests.Scp;
using Specgen.Wire;
using static Specgen.Runtime.Tests.Wire.Requestor;

namespace Specgen.Runtime.Tests.Wire;

/// <summary>Framing of PDUs and messages (PS3.8 §9.3, Annex E): whatever pieces the bytes come in.</summary>
[TestClass]
public sealed class PduReaderTests
{
    private const uint MaxLength = 16384;

    [TestMethod]
    public void Any_chunking_gives_the_same()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var bytes = Association(random, out var expected);

            foreach (var chunk in new[] { bytes.Length, 1, 2, 3, 7, 4096, -1 })
            {
                var recorder = new Recorder();
                recorder.Feed(bytes, chunk, random);

                Assert.IsNull(recorder.Reader.Fault, recorder.Reader.Fault?.Why);
                CollectionAssert.AreEqual(expected, recorder.Told, $"round {round}, chunks of {chunk}");
                Assert.IsFalse(recorder.Reader.IsInMidst || recorder.Messages.IsInMidst);
            }
        }
    }

    [TestMethod]
    public void An_association_request_is_collected_whole()
    {
        var request = AssociateRequest([.. Enumerable.Range(0, 128).Select(static i => new Proposal((byte)((i * 2) + 1), $"1.2.{i}", Explicit, Implicit))]);
        for (var chunk = 1; chunk < 100; chunk += 7)
        {
            var recorder = new Recorder();
            recorder.Feed(request, chunk);

            CollectionAssert.AreEqual(new[] { "pdu 01" }, recorder.Told);
        }
    }

    [TestMethod]
    public void Half_a_message_is_in_its_midst()
    {
        var whole = Pdu(PduType.Data, Fragment(1, isCommand: true, isLast: true, Store(1, "1.2", "1.2.3")));
        for (var length = 1; length < whole.Length; length++)
        {
            var recorder = new Recorder();
            recorder.Feed(whole[..length], 1);
            Assert.IsTrue(recorder.Reader.IsInMidst);
        }

        var commandOnly = new Recorder();
        commandOnly.Feed(whole, 5);
        Assert.IsFalse(commandOnly.Reader.IsInMidst);
        Assert.IsTrue(commandOnly.Messages.IsInMidst, "The data set is due.");
    }

    [TestMethod]
    public void Cancel_is_told_and_nothing_else_is()
    {
        var recorder = new Recorder();

        recorder.Feed([.. Pdu(PduType.Data, Fragment(1, true, true, Echo(4))), .. Pdu(PduType.Data, Fragment(1, true, true, Cancel(17)))], 11);

        CollectionAssert.AreEqual(new[] { "1: 0030 #4", "cancel 17" }, recorder.Told);
    }

    [TestMethod]
    [DataRow(PduType.AssociateRequest, PduReader.MaxAssociateLength + 1, DicomAbortReason.InvalidPDUParameter)]
    [DataRow(PduType.AssociateRequest, 67u, DicomAbortReason.InvalidPDUParameter)]
    [DataRow(PduType.AssociateAccept, PduReader.MaxAssociateLength + 1, DicomAbortReason.InvalidPDUParameter)]
    [DataRow(PduType.AssociateReject, 5u, DicomAbortReason.InvalidPDUParameter)]
    [DataRow(PduType.ReleaseRequest, 5u, DicomAbortReason.InvalidPDUParameter)]
    [DataRow(PduType.ReleaseResponse, 0u, DicomAbortReason.InvalidPDUParameter)]
    [DataRow(PduType.Abort, 0x7FFFFFFFu, DicomAbortReason.InvalidPDUParameter)]
    [DataRow(PduType.Data, MaxLength + 13, DicomAbortReason.InvalidPDUParameter)]
    [DataRow(PduType.Data, 0xFFFFFFFFu, DicomAbortReason.InvalidPDUParameter)]
    [DataRow(PduType.Data, 5u, DicomAbortReason.InvalidPDUParameter)]
    [DataRow((byte)0x00, 0u, DicomAbortReason.UnrecognizedPDU)]
    [DataRow((byte)0x7F, 4u, DicomAbortReason.UnrecognizedPDU)]
    [DataRow((byte)0x47, 0x20202020u, DicomAbortReason.UnrecognizedPDU)]
    public void What_is_no_PDU_is_a_violation(byte type, uint length, DicomAbortReason reason)
    {
        var recorder = new Recorder();
        var header = new byte[6];
        header[0] = type;
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(2), length);

        recorder.Feed(header, 1);

        Assert.AreEqual((DicomAbortSource.ServiceProvider, reason), (recorder.Reader.Fault?.Source, recorder.Reader.Fault?.Reason), recorder.Reader.Fault?.Why);
        Assert.IsEmpty(recorder.Told);
    }

    [TestMethod]
    public void What_is_ignored_is_skipped()
    {
        var recorder = new Recorder { Ignored = PduType.ReleaseResponse };

        recorder.Feed([.. Pdu(PduType.ReleaseResponse, new byte[4]), .. Pdu(PduType.ReleaseRequest, new byte[4])], 3);

        CollectionAssert.AreEqual(new[] { "pdu 05" }, recorder.Told);
    }

    [TestMethod]
    [DataRow(0u)]
    [DataRow(1u)]
    [DataRow(9u)]
    [DataRow(0xFFFFFFFFu)]
    [DataRow(0x80000000u)]
    public void A_fragment_is_as_long_as_its_PDU_lets_it(uint length)
    {
        // Room for a fragment of 8 bytes: two for its header, six for what is in it.
        var pdu = Pdu(PduType.Data, Fragment(1, true, true, new byte[6]));
        BinaryPrimitives.WriteUInt32BigEndian(pdu.AsSpan(6), length);
        var recorder = new Recorder();

        recorder.Feed(pdu, 3);

        Assert.AreEqual(DicomAbortReason.InvalidPDUParameter, recorder.Reader.Fault?.Reason);
    }

    [TestMethod]
    public void Messages_do_not_mix()
    {
        var echo = Echo(1);
        AssertFaulty("data without command", Fragment(1, false, true, [1, 2]));
        AssertFaulty("a context that was not accepted", Fragment(9, true, true, echo));
        AssertFaulty("two contexts in one command", Fragment(1, true, false, echo.AsSpan(0, 20)), Fragment(3, true, true, echo.AsSpan(20)));
        AssertFaulty("a command where data is due", Fragment(1, true, true, Store(1, "1.2", "1.2.3")), Fragment(1, true, true, echo));
        AssertFaulty("data of another context", Fragment(1, true, true, Store(1, "1.2", "1.2.3")), Fragment(3, false, true, [0, 0]));
        AssertFaulty("no command set", Fragment(1, true, true, [1, 2, 3, 4, 5, 6, 7, 8]));
        AssertFaulty("a command set that ends within an element", Fragment(1, true, true, echo.AsSpan(0, echo.Length - 1)));
        AssertFaulty("a command set without a field", Fragment(1, true, true, new CommandWriter().Uid(2, "1.2").ToArray()));
        AssertFaulty("an endless command set", [.. Enumerable.Repeat(Fragment(1, true, false, new byte[8000]), 9)]);

        static void AssertFaulty(string what, params byte[][] fragments)
        {
            var recorder = new Recorder();
            foreach (var fragment in fragments)
            {
                recorder.Feed(Pdu(PduType.Data, fragment), 100);
            }

            Assert.AreEqual(DicomAbortSource.ServiceProvider, recorder.Reader.Fault?.Source, what);
            Assert.IsTrue(recorder.Reader.Fault!.Reason is DicomAbortReason.InvalidPDUParameter or DicomAbortReason.UnexpectedPDUParameter, what);
        }
    }

    /// <summary>An association of random messages in random fragments over random PDUs, and what must be told of it.</summary>
    private static byte[] Association(Random random, out List<string> expected)
    {
        using var bytes = new MemoryStream();
        expected = [];
        var fragments = new List<byte[]>();
        for (ushort id = 1; id <= 5; id++)
        {
            var context = (byte)(random.Next(2) == 0 ? 1 : 3);
            var data = random.Next(3) == 0 ? null : new byte[random.Next(3) == 0 ? 0 : random.Next(40_000)];
            random.NextBytes(data.AsSpan());
            var command = data is null ? Echo(id) : Store(id, "1.2", $"1.2.{id}");
            Cut(fragments, context, true, command, random);
            if (data is not null)
            {
                Cut(fragments, context, false, data, random);
            }

            expected.Add(data is null ? $"{context}: 0030 #{id}" : $"{context}: 0001 #{id} {data.Length} {Checksum(data)}");
        }

        // Several fragments in one PDU, or one in each; a command's end and its data's beginning may meet in one.
        while (fragments.Count > 0)
        {
            var body = new List<byte>(fragments[0]);
            fragments.RemoveAt(0);
            while (fragments.Count > 0 && body.Count + fragments[0].Length <= MaxLength && random.Next(2) == 0)
            {
                body.AddRange(fragments[0]);
                fragments.RemoveAt(0);
            }

            bytes.Write(Pdu(PduType.Data, body.ToArray()));
        }

        bytes.Write(Pdu(PduType.ReleaseRequest, new byte[4]));
        expected.Add("pdu 05");
        return bytes.ToArray();
    }

    private static void Cut(List<byte[]> fragments, byte context, bool isCommand, ReadOnlySpan<byte> bytes, Random random)
    {
        do
        {
            var part = bytes[..Math.Min(bytes.Length, random.Next(random.Next(2) == 0 ? 50 : 16_000))];
            bytes = bytes[part.Length..];
            fragments.Add(Fragment(context, isCommand, bytes.IsEmpty, part));
        }
        while (!bytes.IsEmpty);
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = 17u;
        foreach (var b in bytes)
        {
            sum = (sum * 31) + b;
        }

        return sum;
    }

    private sealed class Recorder : IPduEvents, IMessageEvents
    {
        public Recorder()
        {
            Messages = new MessageReader(this);
            Reader = new PduReader(MaxLength, this);
        }

        public PduReader Reader { get; }

        public MessageReader Messages { get; }

        public List<string> Told { get; } = [];

        /// <summary>In chunks of a size, or of random ones.</summary>
        public void Feed(byte[] bytes, int chunk, Random? random = null)
        {
            for (var at = 0; at < bytes.Length;)
            {
                var part = bytes.AsSpan(at, Math.Min(chunk > 0 ? chunk : random!.Next(1, 20_000), bytes.Length - at));
                Reader.Feed(part);
                at += part.Length;
            }
        }

        public byte Ignored { get; init; }

        public Violation? BeginPdu(byte type, Violation? malformed, out bool isIgnored)
        {
            isIgnored = type == Ignored;
            return malformed;
        }

        public Violation? Pdu(byte type, ReadOnlySpan<byte> body)
        {
            Told.Add($"pdu {type:X2}");
            return null;
        }

        public Violation? BeginFragment(byte contextId, byte control)
        {
            return Messages.BeginFragment(contextId, control);
        }

        public Violation? Fragment(ReadOnlySpan<byte> bytes) => Messages.Fragment(bytes);

        public Violation? EndFragment() => Messages.EndFragment();

        public bool IsAccepted(byte contextId) => contextId is 1 or 3;

        public IDataSetSink BeginDataSet(byte contextId, CommandSet command) => new CollectedDataSet();

        public Violation? Received(byte contextId, CommandSet command, IDataSetSink? dataSet)
        {
            var data = dataSet is CollectedDataSet sink ? $" {sink.Length} {Checksum(sink.Bytes)}" : "";
            Told.Add($"{contextId}: {command.Field:X4} #{command.MessageId}{data}");
            return null;
        }

        public void Cancelled(ushort messageId) => Told.Add($"cancel {messageId}");
    }
}
