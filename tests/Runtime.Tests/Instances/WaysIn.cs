using FellowOakDicom;
using Specgen.Associations;
using Specgen.Instances;
using Specgen.Runtime.Tests.Associations;

namespace Specgen.Runtime.Tests.Instances;

/// <summary>Each way on which a data set of somebody else's comes in: given the bytes and how they are encoded, it takes them or throws.</summary>
internal static class WaysIn
{
    public static IReadOnlyDictionary<string, Func<byte[], DicomTransferSyntax, DataSetLimits, Task<string>>> All { get; } =
        new Dictionary<string, Func<byte[], DicomTransferSyntax, DataSetLimits, Task<string>>>
        {
            ["stream that can be positioned"] = static (bytes, syntax, limits) =>
                Task.FromResult(DataSetGuard.Check(new MemoryStream(bytes), syntax, limits).Identity.SopInstanceUid),
            ["stream that cannot be positioned"] = static (bytes, syntax, limits) =>
                Task.FromResult(DataSetGuard.Check(syntax.IsDeflate ? new MemoryStream(bytes) : new OneWayStream(bytes), syntax, limits).Identity.SopInstanceUid),
            ["message"] = static (bytes, syntax, limits) =>
                Task.FromResult(DataSetCodec.Decode(bytes, syntax, limits).GetSingleValueOrDefault(DicomTag.SOPInstanceUID, "")),
            ["file"] = static (bytes, syntax, limits) => WithFileAsync(bytes, syntax, async path => Uid(await DicomFiles.OpenAsync(path, limits))),
            ["file without large values"] = static (bytes, syntax, limits) =>
                WithFileAsync(bytes, syntax, async path => Uid(await DicomFiles.OpenAsync(path, limits, FileReadOption.SkipLargeTags))),
            ["file that is only looked at"] = static (bytes, syntax, limits) =>
                WithFileAsync(bytes, syntax, path => Task.FromResult(DicomFiles.Identify(path, limits).SopInstanceUid)),
            ["stream of a file"] = static async (bytes, syntax, limits) => Uid(await DicomFiles.OpenAsync(new MemoryStream([.. Header(syntax), .. bytes]), limits)),
            ["instance in small pieces"] = static (bytes, syntax, limits) => ReceiveAsync(bytes, syntax, limits, 7),
            ["instance in large pieces"] = static (bytes, syntax, limits) => ReceiveAsync(bytes, syntax, limits, 100_000),
        };

    public static byte[] Header(DicomTransferSyntax syntax) => Part10Header.Create("1.2"u8, "1.2"u8, syntax.UID.UID, "");

    private static async Task<string> ReceiveAsync(byte[] bytes, DicomTransferSyntax syntax, DataSetLimits limits, int piece)
    {
        var parent = Directory.CreateTempSubdirectory("specgen-ways").FullName;
        try
        {
            using var folder = ReceiveFolder.Open(parent);
            using var instance = new ReceivedInstance(() => folder, Header(syntax), syntax, limits, TestMemory.Lease());
            for (var at = 0; at < bytes.Length; at += piece)
            {
                instance.Write(bytes.AsSpan(at, Math.Min(piece, bytes.Length - at)));
            }

            try
            {
                Assert.AreEqual(bytes.Length, instance.Length);
                var uid = instance.Identify().SopInstanceUid;
                Assert.AreEqual(uid, Uid(await instance.OpenAsync(CancellationToken.None)));
                return uid;
            }
            catch (RefusedDataSetException)
            {
                Assert.IsEmpty(Directory.GetFiles(parent, "*.part", SearchOption.AllDirectories), "What is refused leaves nothing.");
                throw;
            }
        }
        finally
        {
            Directory.Delete(parent, recursive: true);
        }
    }

    private static async Task<string> WithFileAsync(byte[] bytes, DicomTransferSyntax syntax, Func<string, Task<string>> open)
    {
        var path = Path.Combine(Path.GetTempPath(), $"specgen-ways-{Guid.NewGuid():N}.dcm");
        try
        {
            await File.WriteAllBytesAsync(path, [.. Header(syntax), .. bytes]);
            return await open(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Uid(DicomFile file) => file.Dataset.GetSingleValueOrDefault(DicomTag.SOPInstanceUID, "");

    private sealed class OneWayStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin loc) => throw new NotSupportedException();
    }
}
