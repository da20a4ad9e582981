using System.Buffers.Binary;
using System.Text;
using Specgen.Interop.Tests.Data;
using Specgen.Interop.Tests.Peers;

namespace Specgen.Interop.Tests.Wire;

/// <summary>Data sets of storage commitment in implicit VR little endian: written by hand, read by DCMTK.</summary>
internal static class DataSetText
{
    public static byte[] CommitmentRequest(string transactionUid, params IEnumerable<(string ClassUid, string InstanceUid)> references)
    {
        var items = references.Select(static r => Element(0xFFFE, 0xE000, [.. Uid(0x0008, 0x1150, r.ClassUid), .. Uid(0x0008, 0x1155, r.InstanceUid)]));
        return [.. Uid(0x0008, 0x1195, transactionUid), .. Element(0x0008, 0x1199, [.. items.SelectMany(static i => i)])];
    }

    /// <summary>What dcmdump makes of a data set without file meta information.</summary>
    public static async Task<string> DumpAsync(byte[] dataSet)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder["dataset"], dataSet);
        return await Tool.OutputAsync("dcmdump", "-f", "-ti", folder["dataset"]);
    }

    private static byte[] Uid(ushort group, ushort element, string uid)
    {
        var value = Encoding.ASCII.GetBytes(uid);
        return Element(group, element, value.Length % 2 == 0 ? value : [.. value, 0]);
    }

    /// <summary>An element, or an item, with a definite length.</summary>
    internal static byte[] Element(ushort group, ushort element, byte[] value)
    {
        var header = new byte[8];
        BinaryPrimitives.WriteUInt16LittleEndian(header, group);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(2), element);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), value.Length);
        return [.. header, .. value];
    }
}
