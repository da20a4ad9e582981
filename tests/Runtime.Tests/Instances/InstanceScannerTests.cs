using System.IO.Compression;
using System.Text;
using Specgen.Instances;

namespace Specgen.Runtime.Tests.Instances;

[TestClass]
public sealed class InstanceScannerTests
{
    private const string Implicit = "1.2.840.10008.1.2";
    private const string Explicit = "1.2.840.10008.1.2.1";
    private const string BigEndian = "1.2.840.10008.1.2.2";
    private const string Deflated = "1.2.840.10008.1.2.1.99";
    private const string JpegLossless = "1.2.840.10008.1.2.4.70";

    private static readonly InstanceIdentity Expected = new("1.2.3", "1.2.3.4", "1.2.3.5", "1.2.3.6");

    [TestMethod]
    [DataRow(Implicit)]
    [DataRow(Explicit)]
    [DataRow(BigEndian)]
    [DataRow(Deflated)]
    [DataRow(JpegLossless)]
    public void FindsTheUids(string transferSyntax) =>
        Assert.AreEqual(Expected, Scan(Sample(transferSyntax), transferSyntax));

    [TestMethod]
    [DataRow(Implicit)]
    [DataRow(Explicit)]
    [DataRow(BigEndian)]
    [DataRow(JpegLossless)]
    public void EveryCutThatDoesNotFallBetweenElementsIsNoticed(string transferSyntax)
    {
        var whole = Sample(transferSyntax);
        var boundaries = 0;
        for (var length = 1; length < whole.Length; length++)
        {
            try
            {
                Scan(whole[..length], transferSyntax);
                boundaries++;
            }
            catch (InvalidDataException)
            {
                // As it should.
            }
        }
        // Five of the six top-level elements end before the last byte.
        Assert.AreEqual(5, boundaries);
    }

    [TestMethod]
    public void WhatCannotBeSoughtInIsReadThrough()
    {
        using var stream = new BufferedStream(new DeflateStream(new MemoryStream(Deflate(Sample(Explicit))), CompressionMode.Decompress));
        Assert.AreEqual(Expected, InstanceScanner.Scan(stream, Explicit));
    }

    [TestMethod]
    public void MissingUidsAreEmpty() =>
        Assert.AreEqual(new InstanceIdentity("", "", "", ""), Scan([], Explicit));

    [TestMethod]
    public void AUidInsideASequenceIsNotTheInstancesOwn()
    {
        var item = new Writer(Explicit).Uid(0x0020, 0x000D, "9.9").Bytes();
        var bytes = new Writer(Explicit).Sequence(0x0008, 0x1115, item, isUndefined: true).Uid(0x0020, 0x000D, "1.2").Bytes();
        Assert.AreEqual("1.2", Scan(bytes, Explicit).StudyInstanceUid);
    }

    [TestMethod]
    public void UnknownOfUndefinedLengthIsASequenceInImplicitVR()
    {
        var item = new Writer(Implicit).Uid(0x0020, 0x000D, "9.9").Bytes();
        var bytes = new Writer(Explicit).Unknown(0x0009, 0x1001, item).Uid(0x0020, 0x000D, "1.2").Bytes();
        Assert.AreEqual("1.2", Scan(bytes, Explicit).StudyInstanceUid);
    }

    [TestMethod]
    public void NestingHasAnEnd()
    {
        byte[] inner = [];
        for (var depth = 0; depth < 2000; depth++)
        {
            inner = new Writer(Implicit).Sequence(0x0008, 0x1115, inner, isUndefined: true).Bytes();
        }
        Assert.ThrowsExactly<InvalidDataException>(() => Scan(inner, Implicit));
    }

    [TestMethod]
    public void NoiseIsNoDataSet()
    {
        var random = new Random(7);
        var noise = new byte[4096];
        for (var i = 0; i < 200; i++)
        {
            random.NextBytes(noise);
            Assert.ThrowsExactly<InvalidDataException>(() => Scan(noise, Explicit));
            Assert.ThrowsExactly<InvalidDataException>(() => Scan(noise, Deflated));
        }
        Assert.ThrowsExactly<InvalidDataException>(() => Scan(new byte[4096], Implicit));
    }

    [TestMethod]
    [DataRow("1.2.840.10008.1.1", true)]
    [DataRow("0", true)]
    [DataRow("1.02.3", true)]
    [DataRow("", false)]
    [DataRow(null, false)]
    [DataRow(".1", false)]
    [DataRow("1.", false)]
    [DataRow("1..2", false)]
    [DataRow("..", false)]
    [DataRow("../1", false)]
    [DataRow("1/2", false)]
    [DataRow("1.2a", false)]
    [DataRow("1.2 ", false)]
    [DataRow("1.2\u0663", false)]
    [DataRow("1.23456789.123456789.123456789.123456789.123456789.123456789.12345", false)]
    public void IsUid(string? value, bool expected) => Assert.AreEqual(expected, InstanceIdentity.IsUid(value));

    private static InstanceIdentity Scan(byte[] bytes, string transferSyntax)
    {
        using var stream = new MemoryStream(bytes);
        return InstanceScanner.Scan(stream, transferSyntax);
    }

    private static byte[] Sample(string transferSyntax)
    {
        var writer = new Writer(transferSyntax)
            .Uid(0x0008, 0x0016, Expected.SopClassUid)
            .Uid(0x0008, 0x0018, Expected.SopInstanceUid)
            .Sequence(0x0008, 0x1115, new Writer(transferSyntax).Uid(0x0020, 0x000D, "9.9").Bytes(), isUndefined: transferSyntax != Implicit)
            .Uid(0x0020, 0x000D, Expected.StudyInstanceUid)
            .Uid(0x0020, 0x000E, Expected.SeriesInstanceUid);
        var bytes = (transferSyntax == JpegLossless ? writer.Fragments([1, 2, 3, 4, 5, 6]) : writer.Pixels(new byte[600])).Bytes();
        return transferSyntax == Deflated ? Deflate(bytes) : bytes;
    }

    private static byte[] Deflate(byte[] bytes)
    {
        using var to = new MemoryStream();
        using (var deflate = new DeflateStream(to, CompressionLevel.Fastest))
        {
            deflate.Write(bytes);
        }
        return to.ToArray();
    }

    // PS3.5 §7.1 by hand, so that nothing of what is tested tests itself.
    private sealed class Writer(string transferSyntax)
    {
        private readonly MemoryStream _bytes = new();
        private readonly bool _isImplicit = transferSyntax == Implicit;
        private readonly bool _isBigEndian = transferSyntax == BigEndian;

        public byte[] Bytes() => _bytes.ToArray();

        public Writer Uid(ushort group, ushort element, string uid) => Element(group, element, "UI", Encoding.ASCII.GetBytes(uid.Length % 2 == 0 ? uid : uid + '\0'));

        public Writer Pixels(byte[] value) => Element(0x7FE0, 0x0010, "OW", value);

        public Writer Sequence(ushort group, ushort element, byte[] item, bool isUndefined) => Items(group, element, "SQ", item, isUndefined, isUndefined);

        public Writer Unknown(ushort group, ushort element, byte[] item) => Items(group, element, "UN", item, true, true);

        public Writer Fragments(byte[] fragment) => Items(0x7FE0, 0x0010, "OB", fragment, true, false);

        private Writer Items(ushort group, ushort element, string vr, byte[] item, bool isUndefined, bool isItemUndefined)
        {
            var itemLength = item.Length + (isItemUndefined ? 8 : 0);
            Header(group, element, vr, isUndefined ? 0xFFFFFFFF : (uint)(8 + itemLength));
            Tag(0xFFFE, 0xE000).UInt32(isItemUndefined ? 0xFFFFFFFF : (uint)item.Length)._bytes.Write(item);
            if (isItemUndefined)
            {
                Tag(0xFFFE, 0xE00D).UInt32(0);
            }
            return isUndefined ? Tag(0xFFFE, 0xE0DD).UInt32(0) : this;
        }

        private Writer Element(ushort group, ushort element, string vr, byte[] value)
        {
            Header(group, element, vr, (uint)value.Length)._bytes.Write(value);
            return this;
        }

        private Writer Header(ushort group, ushort element, string vr, uint length)
        {
            Tag(group, element);
            if (_isImplicit)
            {
                return UInt32(length);
            }
            _bytes.Write(Encoding.ASCII.GetBytes(vr));
            return vr == "UI" ? UInt16((ushort)length) : UInt16(0).UInt32(length);
        }

        private Writer Tag(ushort group, ushort element) => UInt16(group).UInt16(element);

        private Writer UInt16(ushort value)
        {
            _bytes.Write(_isBigEndian ? [(byte)(value >> 8), (byte)value] : [(byte)value, (byte)(value >> 8)]);
            return this;
        }

        private Writer UInt32(uint value) =>
            _isBigEndian ? UInt16((ushort)(value >> 16)).UInt16((ushort)value) : UInt16((ushort)value).UInt16((ushort)(value >> 16));
    }
}
