using Microsoft.Extensions.Logging;
using Specgen.Instances;
using Specgen.Runtime.Tests.Wire;

namespace Specgen.Runtime.Tests.Associations;

/// <summary>A server for one test, with its folders.</summary>
internal sealed class TestServer : IAsyncDisposable, IDicomScpObserver
{
    private readonly List<CompletedRequest> _completed = [];
    private readonly List<AssociationEnd> _ends = [];

    private TestServer(string folder) => Folder = folder;

    public string Folder { get; }

    public string Receiving => Path.Combine(Folder, ".receiving");

    public DicomScp Scp { get; private set; } = null!;

    public int Port => Scp.Port;

    public IReadOnlyList<CompletedRequest> Completed
    {
        get
        {
            lock (_completed)
            {
                return [.. _completed];
            }
        }
    }

    public IReadOnlyList<AssociationEnd> Ends
    {
        get
        {
            lock (_ends)
            {
                return [.. _ends];
            }
        }
    }

    public static Task<TestServer> StartAsync(params ServiceBinding[] bindings) => StartAsync(static _ => { }, bindings);

    public static async Task<TestServer> StartAsync(Action<DicomScpOptions> configure, params ServiceBinding[] bindings)
    {
        var server = new TestServer(Path.Combine(Path.GetTempPath(), "specgen-tests-" + Guid.NewGuid().ToString("N")));
        Directory.CreateDirectory(server.Folder);
        var options = new DicomScpOptions { Address = "127.0.0.1", Port = 0, AETitle = "SERVER", ReceiveFolder = server.Receiving, StopTimeout = TimeSpan.FromSeconds(3) };
        options.Observers.Add(server);
        configure(options);
        server.Scp = await DicomScp.StartAsync(options, new TestHandlers(bindings));
        return server;
    }

    public Task<Requestor> AssociateAsync(params Proposal[] contexts) => Requestor.AssociateAsync(Port, contexts);

    /// <summary>Files that were received and not saved.</summary>
    public string[] Parts() => Directory.Exists(Receiving) ? Directory.GetFiles(Receiving, "*.part", SearchOption.AllDirectories) : [];

    /// <summary>Drops what was noted.</summary>
    public void Forget()
    {
        lock (_completed)
        {
            _completed.Clear();
            _completed.Capacity = 0;
        }

        lock (_ends)
        {
            _ends.Clear();
            _ends.Capacity = 0;
        }
    }

    public void AssociationClosed(AssociationInfo association, AssociationEnd end)
    {
        lock (_ends)
        {
            _ends.Add(end);
        }
    }

    public void RequestCompleted(AssociationInfo association, in CompletedRequest request)
    {
        lock (_completed)
        {
            _completed.Add(request);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Scp.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Waits for what must come soon.</summary>
    public static async Task EventuallyAsync(Func<bool> condition, string what)
    {
        for (var i = 0; i < 400; i++)
        {
            if (condition())
            {
                return;
            }

            await Task.Delay(25);
        }

        Assert.Fail(what);
    }
}
