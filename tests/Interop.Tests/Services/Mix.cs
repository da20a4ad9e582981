using System.Collections.Concurrent;
using System.Diagnostics;
using FellowOakDicom;
using Specgen.Interop.Tests.Data;
using Specgen.Standard;

namespace Specgen.Interop.Tests.Services;

/// <summary>
/// Every DIMSE service in one server, and users of all of them: storage, query, retrieval to the user and to another server, steps with notifications to those who
/// subscribed, print with notifications over the same association.
/// </summary>
internal sealed class Mix : IAsyncDisposable, IDicomScpObserver
{
    /// <summary>How many kinds of association there are, of one user each.</summary>
    public const int Kinds = 8;

    private const string Watcher = "WATCHER";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<DimseOperation, int> _served = [];
    private readonly UnifiedSteps _unified = new();
    private readonly PerformedSteps _performed = new(Watcher);
    private readonly PrintServer _printer = new();
    private readonly UnifiedStepUser _unifiedWatcher = new();
    private readonly PerformedStepUser _performedWatcher = new();
    private readonly TemporaryFolder _folder = new();
    private TestFile _file = null!;
    private DicomScp _watching = null!;
    private int _told;

    private Mix()
    {
    }

    public DicomScp Scp { get; private set; } = null!;

    /// <summary>Requests that the server has answered with success; among them the one N-ACTION of a subscription. Counted a moment after the answer.</summary>
    public IReadOnlyDictionary<DimseOperation, int> Served => _served;

    /// <summary>Notifications that were answered.</summary>
    public int Told => Volatile.Read(ref _told);

    public static async Task<Mix> StartAsync()
    {
        var mix = new Mix();
        mix._file = await TestFiles.MakeCTAsync(mix._folder, "mix", kilobytes: 1);
        mix._watching = await DicomScp.StartAsync(mix.Options(Watcher), new InstanceReceiver(mix._folder.Sub("moved")), mix._unifiedWatcher, mix._performedWatcher);
        var options = mix.Options("PROVIDER");
        options.Peers[Watcher] = new DicomPeer("127.0.0.1", mix._watching.Port);
        options.Observers.Add(mix);
        mix.Scp = await DicomScp.StartAsync(options, new InstanceReceiver(mix._folder.Sub("stored")), new StudyProvider([mix._file]), mix._unified, mix._performed, mix._printer);
        await using var user = new UnifiedStepUser();
        await user.ConnectAsync(mix.To());
        await user.SubscribeToReceiveUpsEventReportsAsync(
            WellKnownSopInstanceUids.UPSGlobalSubscriptionInstance, new UPSSubscriptionModule(new DicomDataset()) { ReceivingAE = Watcher, DeletionLock = "FALSE" });
        return mix;
    }

    /// <summary>One association, of the number's kind: opened, told that it is, used as often as is wanted, and released.</summary>
    public async Task RunAsync(int number, Func<Task> opened, int rounds = 1)
    {
        var uid = $"1.2.3.{number % 1000}";
        switch (number % Kinds)
        {
            case 0:
                await RunAsync(new EchoUser(), static (user, options) => user.ConnectAsync(options), async user => Succeeded((await user.CEchoAsync()).Status));
                break;
            case 1:
                await RunAsync(new StorageUser(), static (user, options) => user.ConnectAsync(options), async user => Succeeded((await user.CStoreAsync(_file.Path)).Status));
                break;
            case 2:
                await RunAsync(new StudyUser(), static (user, options) => user.ConnectAsync(options), FindAsync);
                break;
            case 3:
                await RunAsync(new StudyUser(), static (user, options) => user.ConnectAsync(options), async user => Succeeded((await user.CMoveAsync(Study, Watcher)).Result.Status));
                break;
            case 4:
                await RunAsync(new StudyUser(), static (user, options) => user.ConnectAsync(options), GetAsync);
                break;
            case 5:
                await RunAsync(new UnifiedStepUser(), static (user, options) => user.ConnectAsync(options), user => StepAsync(user, uid));
                break;
            case 6:
                await RunAsync(new PerformedStepUser(), static (user, options) => user.ConnectAsync(options), user => PerformAsync(user, uid));
                break;
            default:
                await RunAsync(new PrintUser(), static (user, options) => user.ConnectAsync(options), user => PrintAsync(user, uid));
                break;
        }

        async Task RunAsync<TUser>(TUser user, Func<TUser, ScuOptions, ValueTask<ScuAssociation>> connectAsync, Func<TUser, Task> useAsync)
            where TUser : IAsyncDisposable
        {
            await using (user)
            {
                await connectAsync(user, To(receives: number % Kinds == 4));
                await opened();
                for (var round = 0; round < rounds; round++)
                {
                    await useAsync(user);
                }
            }
        }
    }

    /// <summary>Lets go of what was noted.</summary>
    public void Forget()
    {
        Drain(_unifiedWatcher.Told);
        Drain(_performedWatcher.Told);
        Drain(_unified.Answers);
        Drain(_performed.Answers);
        Drain(_printer.Answers);

        static void Drain<T>(BlockingCollection<T> items)
        {
            while (items.TryTake(out _))
            {
            }
        }
    }

    public void AssociationClosed(AssociationInfo association, AssociationEnd end)
    {
    }

    public void RequestCompleted(AssociationInfo association, in CompletedRequest request)
    {
        if (request.Status == 0)
        {
            _served.AddOrUpdate(request.Operation, 1, static (_, count) => count + 1);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Scp.DisposeAsync();
        await _watching.DisposeAsync();
        await _unifiedWatcher.DisposeAsync();
        await _performedWatcher.DisposeAsync();
        _folder.Dispose();
    }

    private static DicomDataset Study => new() { { DicomTag.QueryRetrieveLevel, "STUDY" }, { DicomTag.StudyInstanceUID, StudyProvider.All } };

    private static void Succeeded<TStatus>(TStatus status)
        where TStatus : struct, Enum => Assert.AreEqual(default, status);

    private static async Task FindAsync(StudyUser user)
    {
        var query = user.CFindAsync(new DicomDataset { { DicomTag.QueryRetrieveLevel, "STUDY" }, { DicomTag.StudyInstanceUID, "" } });
        var found = 0;
        await foreach (var _ in query)
        {
            found++;
        }

        Assert.AreEqual(1, found);
        Succeeded(query.Result!.Value.Status);
    }

    private static async Task GetAsync(StudyUser user)
    {
        var got = await user.CGetAsync<StorageCStoreStatus>(Study, static (_, _) => new(StorageCStoreStatus.Success));
        Succeeded(got.Result.Status);
        Assert.AreEqual(1, got.Completed);
    }

    private async Task StepAsync(UnifiedStepUser user, string uid)
    {
        Succeeded((await user.NCreateAsync(uid, new DicomDataset { { DicomTag.ProcedureStepState, "SCHEDULED" } })).Status);
        Succeeded((await user.NGetAsync(SopClasses.UnifiedProcedureStepPush, uid, null)).Status);
        Succeeded((await user.RequestUpsCancelAsync(SopClasses.UnifiedProcedureStepPush, uid, new RequestUPSCancelModule(new DicomDataset()))).Status);
        (await TakeAsync(_unified.Answers, 2)).ForEach(Succeeded);
    }

    private async Task PerformAsync(PerformedStepUser user, string uid)
    {
        Succeeded((await user.NCreateAsync(uid, new DicomDataset { { DicomTag.PerformedProcedureStepStatus, "IN PROGRESS" } })).Status);
        Succeeded((await user.NSetAsync(uid, new DicomDataset { { DicomTag.PerformedProcedureStepStatus, "COMPLETED" } })).Status);
        Succeeded((await user.NGetAsync(uid, [DicomTag.PerformedProcedureStepStatus])).Status);
        (await TakeAsync(_performed.Answers, 2)).ForEach(Succeeded);
    }

    private async Task PrintAsync(PrintUser user, string uid)
    {
        Succeeded((await user.NGetAsync(SopClasses.Printer, WellKnownSopInstanceUids.PrinterInstance, null)).Status);
        Succeeded((await user.NCreateAsync(SopClasses.BasicFilmBox, uid, new DicomDataset { { DicomTag.ImageDisplayFormat, "STANDARD\\1,1" } })).Status);
        Succeeded((await user.NSetAsync(SopClasses.BasicGrayscaleImageBox, uid + ".1", new DicomDataset { { DicomTag.ImageBoxPosition, (ushort)1 } })).Status);
        Succeeded((await user.PrintAsync(SopClasses.BasicFilmBox, uid, null)).Status);
        Succeeded((await user.NDeleteAsync(SopClasses.BasicFilmBox, uid)).Status);
        // Its own, and not others': the association has to last until they are here.
        await TakeAsync(user.Told, 4);
    }

    // No thread is kept waiting, of which there are fewer than associations.
    private async Task<List<T>> TakeAsync<T>(BlockingCollection<T> notifications, int count)
    {
        var since = Stopwatch.StartNew();
        var taken = new List<T>();
        while (taken.Count < count)
        {
            if (notifications.TryTake(out var next))
            {
                taken.Add(next);
                continue;
            }

            Assert.IsLessThan(s_patience, since.Elapsed, $"{count - taken.Count} of {count} notifications are missing");
            await Task.Delay(10);
        }

        Interlocked.Add(ref _told, count);
        return taken;
    }

    private DicomScpOptions Options(string title) => new() { Address = "127.0.0.1", Port = 0, AETitle = title, ReceiveFolder = _folder[title] };

    private ScuOptions To(bool receives = false) => new("127.0.0.1", Scp.Port)
    {
        CalledAE = "PROVIDER",
        CallingAE = "USER",
        ReceiveSopClasses = receives ? [SopClassUids.CTImageStorage] : [],
        ReceiveFolder = _folder["arriving"],
    };
}
