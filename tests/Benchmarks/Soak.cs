using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using FellowOakDicom;
using Specgen.Standard;

namespace Specgen.Benchmarks;

/// <summary>The archive under many associations and mixed services for a long time: whether its memory and handles stay what they are. A line a minute, and the first quarter beside the last.</summary>
internal sealed class Soak(int port, CancellationToken over)
{
    private const string Called = "ANY-SCP";

    private static readonly byte[] s_echoes = RawUser.AssociateRequest(SopClassUids.Verification, called: Called);
    private static readonly byte[] s_stores = RawUser.AssociateRequest(SopClassUids.CTImageStorage, transferSyntax: "1.2.840.10008.1.2.1", called: Called);
    private static readonly byte[] s_queries = RawUser.AssociateRequest(SopClassUids.StudyRootQueryRetrieveInformationModelFind, called: Called);
    private static readonly byte[] s_retrievals = RawUser.AssociateRequest(SopClassUids.StudyRootQueryRetrieveInformationModelGet, SopClassUids.CTImageStorage, called: Called);

    private long _stored;
    private long _matches;
    private long _retrieved;
    private long _committed;
    private long _failures;
    private string? _problem;

    public static async Task<int> RunAsync(double minutes, int associations)
    {
        var folder = Directory.CreateTempSubdirectory("specgen-soak-").FullName;
        const int Port = 24740;
        var start = new ProcessStartInfo("dotnet", [Built.Archive, "--port", $"{Port}", "--aet", Called, "--folder", folder, "--address", "127.0.0.1", "--max-associations", $"{associations + 10}"])
        {
            RedirectStandardOutput = true,
        };
        using var archive = Process.Start(start)!;
        try
        {
            while (await archive.StandardOutput.ReadLineAsync() is { } line && !line.Contains("Ready", StringComparison.Ordinal))
            {
            }

            _ = archive.StandardOutput.ReadToEndAsync();
            using var over = new CancellationTokenSource();
            var soak = new Soak(Port, over.Token);
            var users = Enumerable.Range(0, associations).Select(i => Task.Factory.StartNew(() => soak.Use(i), TaskCreationOptions.LongRunning)).ToList();
            var samples = new List<(long Memory, int Handles)>();
            for (var watch = Stopwatch.StartNew(); watch.Elapsed.TotalMinutes < minutes && !archive.HasExited;)
            {
                await Task.Delay(TimeSpan.FromSeconds(Math.Min(60, minutes * 15)));
                archive.Refresh();
                samples.Add((archive.WorkingSet64 >> 20, Directory.GetFiles($"/proc/{archive.Id}/fd").Length));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalMinutes,5:F1} min: {samples[^1].Memory} MB, {samples[^1].Handles} handles, {archive.Threads.Count} threads; {soak}"));
            }

            await over.CancelAsync();
            await Task.WhenAll(users);
            var quarter = Math.Max(1, samples.Count / 4);
            Console.WriteLine($"first quarter: {samples.Take(quarter).Max(static s => s.Memory)} MB, {samples.Take(quarter).Max(static s => s.Handles)} handles; last: {samples.TakeLast(quarter).Max(static s => s.Memory)} MB, {samples.TakeLast(quarter).Max(static s => s.Handles)} handles; {soak}");
            return soak._failures == 0 && !archive.HasExited ? 0 : 1;
        }
        finally
        {
            archive.Kill();
            await archive.WaitForExitAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    public override string ToString() =>
        $"{_stored} stored, {_matches} matches, {_retrieved} retrieved, {_committed} commitments, {_failures} failures{(_problem is null ? "" : $" (the last: {_problem})")}";

    /// <summary>Of a thread of its own, which may block: those of the pool are for what is asked asynchronously.</summary>
    private void Use(int number)
    {
        var random = new Random(number);
        for (var round = 0; !over.IsCancellationRequested; round++)
        {
            var study = string.Create(CultureInfo.InvariantCulture, $"1.2.826.0.1.99.8.{number}.{round / 20}");
            try
            {
                switch (round == 0 ? 0 : random.Next(6))
                {
                    case 0 or 1:
                        Over(s_stores, user => StoreAll(user, study, round));
                        break;
                    case 2:
                        Over(s_echoes, static user => user.Ask(RawUser.Message(0x0030, SopClassUids.Verification, [])));
                        break;
                    case 3:
                        Over(s_queries, user => Interlocked.Add(ref _matches, user.Ask(RawUser.Message(0x0020, SopClassUids.StudyRootQueryRetrieveInformationModelFind, Identifier(0x00100020, $"P{number}")))));
                        break;
                    case 4:
                        Over(s_retrievals, user => Interlocked.Add(ref _retrieved, user.Ask(RawUser.Message(0x0010, SopClassUids.StudyRootQueryRetrieveInformationModelGet, Identifier(0x0020000D, study)))));
                        break;
                    default:
                        CommitAsync(study).GetAwaiter().GetResult();
                        break;
                }
            }
            catch (Exception e) when (e is InvalidOperationException or System.Net.Sockets.SocketException or AssociationException)
            {
                Interlocked.Increment(ref _failures);
                _problem = e.Message;
                Thread.Sleep(1000);
            }
        }
    }

    /// <summary>An association that is open for a while before it is used, and after that.</summary>
    private void Over(byte[] request, Action<RawUser> use)
    {
        using var user = new RawUser(port, request);
        over.WaitHandle.WaitOne(Random.Shared.Next(1500));
        use(user);
        over.WaitHandle.WaitOne(Random.Shared.Next(1500));
        user.Release();
    }

    private void StoreAll(RawUser user, string study, int round)
    {
        for (var i = 0; i < 5; i++)
        {
            var uid = string.Create(CultureInfo.InvariantCulture, $"{study}.1.{round}.{i}");
            user.Ask(RawUser.StoreRequest(SopClassUids.CTImageStorage, uid, DataSet(study, uid)));
            Interlocked.Increment(ref _stored);
        }
    }

    private async Task CommitAsync(string study)
    {
        await using var asker = new Asker();
        await asker.ConnectAsync(new ScuOptions("127.0.0.1", port) { CalledAE = Called, CallingAE = "SOAK" }, CancellationToken.None);
        var request = new StorageCommitmentModule(new DicomDataset()) { TransactionUid = DicomUID.Generate().UID };
        var item = request.ReferencedSopSequence.Add();
        (item.ReferencedSopClassUid, item.ReferencedSopInstanceUid) = (SopClassUids.CTImageStorage, study + ".1.0.0");
        var answer = await asker.NActionAsync(WellKnownSopInstanceUids.StorageCommitmentPushModelInstance, StorageCommitmentAction.RequestStorageCommitment, request.Dataset, CancellationToken.None);
        if (answer.Status != StorageCommitmentNActionStatus.Success)
        {
            throw new InvalidOperationException($"N-ACTION: {answer}");
        }

        await asker.Reported.WaitAsync(TimeSpan.FromSeconds(60), CancellationToken.None).ContinueWith(t => Interlocked.Add(ref t.IsCompletedSuccessfully ? ref _committed : ref _failures, 1), TaskScheduler.Default);
    }

    private static byte[] DataSet(string study, string uid)
    {
        var number = study.Split('.')[^2];
        return
        [
            .. Element(0x00080016, "UI", SopClassUids.CTImageStorage), .. Element(0x00080018, "UI", uid), .. Element(0x00080020, "DA", "20260102"), .. Element(0x00080060, "CS", "CT"),
            .. Element(0x00100010, "PN", $"SOAK^{number}"), .. Element(0x00100020, "LO", $"P{number}"), .. Element(0x0020000D, "UI", study), .. Element(0x0020000E, "UI", study + ".1"),
            .. Element(0x00204000, "LT", new string('x', 2000)),
        ];
    }

    private static byte[] Identifier(uint tag, string key) => [.. Implicit(0x00080052, "STUDY "), .. Implicit(tag, key)];

    private static byte[] Element(uint tag, string vr, string value)
    {
        var bytes = Padded(value);
        byte[] element = [.. new byte[4], .. Encoding.ASCII.GetBytes(vr), 0, 0, .. bytes];
        Tag(element, tag);
        BinaryPrimitives.WriteUInt16LittleEndian(element.AsSpan(6), (ushort)bytes.Length);
        return element;
    }

    private static byte[] Implicit(uint tag, string value)
    {
        var bytes = Padded(value);
        byte[] element = [.. new byte[8], .. bytes];
        Tag(element, tag);
        BinaryPrimitives.WriteInt32LittleEndian(element.AsSpan(4), bytes.Length);
        return element;
    }

    private static void Tag(byte[] element, uint tag)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(element, (ushort)(tag >> 16));
        BinaryPrimitives.WriteUInt16LittleEndian(element.AsSpan(2), (ushort)tag);
    }

    private static byte[] Padded(string value) => [.. Encoding.ASCII.GetBytes(value), .. value.Length % 2 == 0 ? Array.Empty<byte>() : [char.IsDigit(value[0]) && value.Contains('.') ? (byte)0 : (byte)' ']];
}

/// <summary>Ours as who asks for storage commitment.</summary>
[Scu<StorageCommitmentServiceClass>]
internal sealed partial class Asker
{
    private readonly TaskCompletionSource _reported = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Reported => _reported.Task;

    private partial ValueTask<DimseResult<StorageCommitmentNEventReportStatus>> OnNEventReportAsync(NEventReportContext context, CancellationToken cancellationToken)
    {
        _reported.TrySetResult();
        return ValueTask.FromResult<DimseResult<StorageCommitmentNEventReportStatus>>(StorageCommitmentNEventReportStatus.Success);
    }
}
