using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using FellowOakDicom;
using FellowOakDicom.Network;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Specgen.Interop.Tests.Data;
using Specgen.Interop.Tests.Peers;
using TestFiles = Specgen.Interop.Tests.Data.TestFiles;

namespace Specgen.FoDicom.Substitute.Tests;

/// <summary>A server as users of fo-dicom write it, without Specgen's runtime in between, and DCMTK as its peer. The same in both modes.</summary>
[TestClass]
public sealed class NetworkTests
{
    private static readonly ServiceProvider s_services = new ServiceCollection().AddFellowOakDicom().BuildServiceProvider();

    [ClassInitialize]
    public static void Initialize(TestContext context) => DicomSetupBuilder.UseServiceProvider(s_services);

    [ClassCleanup]
    public static void Cleanup() => TestFiles.Delete();

    [TestMethod]
    public async Task Echo_IsAnswered()
    {
        using var server = Start<Keeper>(out var port);
        await Tool.OutputAsync("echoscu", "127.0.0.1", Text(port));
        await Tool.OutputAsync("echoscu", "--repeat", "20", "127.0.0.1", Text(port));
    }

    [TestMethod]
    [DataRow("ct", "-xe")]
    [DataRow("ct-implicit", "-xi")]
    [DataRow("ct-big-endian", "-xb")]
    [DataRow("ct-rle", "-xr")]
    [DataRow("mr-undefined-lengths", "-xe")]
    public async Task Instance_OfEveryEncoding_ArrivesInPieces(string name, string syntax)
    {
        var sent = await TestFiles.GetAsync(name);
        using var folder = new TemporaryFolder();
        using var server = Start<Keeper>(out var port, folder.FullName);

        // The shortest PDUs that storescu makes: a data set in as many fragments as can be.
        await Tool.OutputAsync("storescu", syntax, "-R", "--max-send-pdu", "4096", "127.0.0.1", Text(port), sent.Path);

        var kept = await DicomFile.OpenAsync(folder[sent.InstanceUid]);
        var original = await DicomFile.OpenAsync(sent.Path);
        Assert.AreEqual(original.FileMetaInfo.TransferSyntax, kept.FileMetaInfo.TransferSyntax);
        Assert.AreEqual(sent.InstanceUid, kept.Dataset.GetSingleValue<string>(DicomTag.SOPInstanceUID));
        var before = await Tool.OutputAsync("dcmdump", "+L", "-q", sent.Path);
        var after = await Tool.OutputAsync("dcmdump", "+L", "-q", folder[sent.InstanceUid]);
        CollectionAssert.AreEqual(Elements(before), Elements(after));
    }

    [TestMethod]
    public async Task SeveralInstances_OverOneAssociation_ArriveInOrder()
    {
        using var folder = new TemporaryFolder();
        using var server = Start<Keeper>(out var port, folder.FullName);
        var files = await TestFiles.AllAsync();
        var ours = files.Where(static file => file.Name is "ct" or "mr" or "multi-frame" or "mr-enhanced").ToList();

        await Tool.OutputAsync("storescu", ["-xe", "127.0.0.1", Text(port), .. ours.Select(static file => file.Path)]);

        CollectionAssert.AreEqual(ours.Select(static file => file.InstanceUid).ToList(), Keeper.Stored[folder.FullName].ToList());
    }

    [TestMethod]
    public async Task ContextThatNobodyServes_IsRefused()
    {
        using var server = Start<Keeper>(out var port);
        var ct = await TestFiles.GetAsync("ct");
        var result = await Tool.RunAsync("storescu", "127.0.0.1", Text(port), ct.Path);
        Assert.AreNotEqual(0, result.ExitCode);
        await Tool.OutputAsync("echoscu", "127.0.0.1", Text(port));
    }

    [TestMethod]
    [DataRow("FF0000000004000000FF", DisplayName = "unknown type")]
    [DataRow("0400000000060000000201FF01", DisplayName = "data before an association")]
    [DataRow("0100FFFFFFF0000100004142", DisplayName = "longer than any association request")]
    [DataRow("01000000000400010000", DisplayName = "too short for an association request")]
    public async Task Nonsense_EndsItsConnection_AndNoOther(string bytes)
    {
        using var server = Start<Keeper>(out var port);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        var stream = client.GetStream();
        await stream.WriteAsync(Convert.FromHexString(bytes));

        var answer = new byte[64];
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            while (await stream.ReadAsync(answer, patience.Token) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Reset: over as well.
        }

        await Tool.OutputAsync("echoscu", "127.0.0.1", Text(port));
    }

    [TestMethod]
    public async Task AssociationThatIsCutInADataSet_LeavesTheServerServing()
    {
        using var folder = new TemporaryFolder();
        using var server = Start<Keeper>(out var port, folder.FullName);
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            var stream = client.GetStream();
            await stream.WriteAsync(AssociateRequest(DicomUID.CTImageStorage.UID));
            var header = new byte[6];
            await stream.ReadExactlyAsync(header);
            Assert.AreEqual(2, header[0]);
            await stream.ReadExactlyAsync(new byte[BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(2))]);

            // Half of a command fragment.
            await stream.WriteAsync(Convert.FromHexString("0400000000500000004C0103"));
        }

        await Tool.OutputAsync("echoscu", "127.0.0.1", Text(port));
        Assert.IsEmpty(Directory.GetFiles(folder.FullName));
    }

    private static IDicomServer Start<T>(out int port, object? state = null)
        where T : DicomService, IDicomServiceProvider
    {
        port = Loopback.FreePort();
        return s_services.GetRequiredService<IDicomServerFactory>().Create<T>("127.0.0.1", port, userState: state);
    }

    private static string Text(int port) => port.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The data set's lines of a dump: without the file meta information, and with lengths left out, which encoders choose.</summary>
    private static string[] Elements(string dump) =>
        [.. dump.Split('\n').Where(static line => line.TrimStart().StartsWith('(') && !line.StartsWith("(0002,", StringComparison.Ordinal)).Select(static line => line.Split('#')[0].TrimEnd())
            .Where(static line => !line.Contains("(fffe,", StringComparison.Ordinal))
            .Select(static line => line.Contains(" SQ ", StringComparison.Ordinal) ? line[..line.IndexOf(" SQ ", StringComparison.Ordinal)] : line)];

    /// <summary>An A-ASSOCIATE-RQ with one presentation context in Implicit VR Little Endian (PS3.8 §9.3.2).</summary>
    private static byte[] AssociateRequest(string abstractSyntax)
    {
        var contexts = Item(0x20, [1, 0, 0, 0, .. Item(0x30, Encoding.ASCII.GetBytes(abstractSyntax)), .. Item(0x40, "1.2.840.10008.1.2"u8)]);
        byte[] body =
        [
            0, 1, 0, 0, .. Encoding.ASCII.GetBytes("ANY".PadRight(16)), .. Encoding.ASCII.GetBytes("TEST".PadRight(16)), .. new byte[32],
            .. Item(0x10, "1.2.840.10008.3.1.1.1"u8), .. contexts, .. Item(0x50, Item(0x51, [0, 0, 0x40, 0])),
        ];
        var pdu = new byte[6 + body.Length];
        pdu[0] = 1;
        BinaryPrimitives.WriteInt32BigEndian(pdu.AsSpan(2), body.Length);
        body.CopyTo(pdu, 6);
        return pdu;
    }

    private static byte[] Item(byte type, ReadOnlySpan<byte> value) => [type, 0, (byte)(value.Length >> 8), (byte)value.Length, .. value];
}

/// <summary>Keeps what it gets as a file in the folder that is its user state, in whatever transfer syntax; without a folder it serves C-ECHO only.</summary>
public sealed class Keeper(INetworkStream stream, Encoding fallbackEncoding, ILogger logger, DicomServiceDependencies dependencies)
    : DicomService(stream, fallbackEncoding, logger, dependencies), IDicomServiceProvider, IDicomCStoreProvider, IDicomCEchoProvider
{
    internal static ConcurrentDictionary<string, ConcurrentQueue<string>> Stored { get; } = [];

    public Task OnReceiveAssociationRequestAsync(DicomAssociation association)
    {
        foreach (var context in association.PresentationContexts)
        {
            if (UserState is not null || context.AbstractSyntax == DicomUID.Verification)
            {
                context.AcceptTransferSyntaxes([.. context.GetTransferSyntaxes()]);
            }
            else
            {
                context.SetResult(DicomPresentationContextResult.RejectAbstractSyntaxNotSupported);
            }
        }

        return SendAssociationAcceptAsync(association);
    }

    public Task OnReceiveAssociationReleaseRequestAsync() => SendAssociationReleaseResponseAsync();

    public void OnReceiveAbort(DicomAbortSource source, DicomAbortReason reason)
    {
    }

    public void OnConnectionClosed(Exception exception)
    {
    }

    public Task<DicomCEchoResponse> OnCEchoRequestAsync(DicomCEchoRequest request) => Task.FromResult(new DicomCEchoResponse(request, DicomStatus.Success));

    public async Task<DicomCStoreResponse> OnCStoreRequestAsync(DicomCStoreRequest request)
    {
        var folder = (string)UserState;
        await request.File.SaveAsync(Path.Combine(folder, request.SOPInstanceUID.UID));
        Stored.GetOrAdd(folder, static _ => []).Enqueue(request.SOPInstanceUID.UID);
        return new DicomCStoreResponse(request, DicomStatus.Success);
    }

    public Task OnCStoreRequestExceptionAsync(string tempFileName, Exception e) => Task.CompletedTask;
}
