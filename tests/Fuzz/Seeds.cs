using System.Buffers.Binary;
using FellowOakDicom;
using Specgen.Wire;

namespace Specgen.Fuzz;

/// <summary>What the inputs are made of: recorded from DCMTK's programs as users and providers (Seeds/associations), written by them in every encoding (Seeds/datasets), and pages of the standard.</summary>
internal static class Seeds
{
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "Seeds");

    /// <summary>All that one side said over an association, from the first byte to the last.</summary>
    public static IReadOnlyList<byte[]> Streams { get; } = Read("associations", "*.bin");

    /// <summary>What requestors said.</summary>
    public static IReadOnlyList<byte[]> Requests { get; } = Read("associations", "*-requestor.bin");

    public static IReadOnlyList<byte[]> Pages { get; } = Read("pages", "*.rst");

    /// <summary>Bodies of A-ASSOCIATE PDUs.</summary>
    public static IReadOnlyList<byte[]> AssociateBodies { get; } = [.. Streams.SelectMany(Pdus).Where(static pdu => pdu[0] is PduType.AssociateRequest or PduType.AssociateAccept).Select(static pdu => pdu[6..])];

    /// <summary>Command sets.</summary>
    public static IReadOnlyList<byte[]> Commands { get; } =
        [.. Streams.SelectMany(Pdus).Where(static pdu => pdu[0] == PduType.Data).SelectMany(Fragments).Where(static f => (f[5] & PduType.CommandFragment) != 0).Select(static f => f[6..])];

    /// <summary>Data sets, with how they are encoded.</summary>
    public static IReadOnlyList<(DicomTransferSyntax Syntax, byte[] Bytes)> DataSets { get; } =
        [.. Directory.GetFiles(Path.Combine(s_folder, "datasets"), "*.bin").Order(StringComparer.Ordinal)
            .Select(static path => (DicomTransferSyntax.Parse(Path.GetFileNameWithoutExtension(path).Split('-')[1]), File.ReadAllBytes(path)))];

    private static byte[][] Read(string folder, string pattern) =>
        [.. Directory.GetFiles(Path.Combine(s_folder, folder), pattern).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    private static IEnumerable<byte[]> Pdus(byte[] stream)
    {
        for (var at = 0; at + 6 <= stream.Length;)
        {
            var length = 6 + (int)BinaryPrimitives.ReadUInt32BigEndian(stream.AsSpan(at + 2));
            yield return stream[at..Math.Min(at + length, stream.Length)];
            at += length;
        }
    }

    private static IEnumerable<byte[]> Fragments(byte[] pdu)
    {
        for (var at = 6; at + 6 <= pdu.Length;)
        {
            var length = 4 + (int)BinaryPrimitives.ReadUInt32BigEndian(pdu.AsSpan(at));
            yield return pdu[at..Math.Min(at + length, pdu.Length)];
            at += length;
        }
    }
}
