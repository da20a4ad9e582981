using System.Diagnostics;
using System.Globalization;
using System.Text;
using Specgen.Standard;
using Specgen.UsualServer;

namespace Specgen.Benchmarks;

/// <summary>Associations, echoes, matches of queries and retrieved images per second, and what each allocates: our server and a fo-dicom server of the usual kind, by the same user, in turns.</summary>
internal static class ServiceBenchmark
{
    private const int Images = 200, Users = 4;

    /// <summary>usual: with what fo-dicom brings; usual-8: the same server with the version of Microsoft.Extensions.* that Specgen needs; bare: what sockets and threads alone take.</summary>
    private static readonly string[] s_servers = ["specgen", "usual", "usual-8", "bare"];
    private static readonly byte[] s_echoes = RawUser.AssociateRequest(SopClassUids.Verification);
    private static readonly byte[] s_queries = RawUser.AssociateRequest(SopClassUids.StudyRootQueryRetrieveInformationModelFind);
    private static readonly byte[] s_retrievals = RawUser.AssociateRequest(SopClassUids.StudyRootQueryRetrieveInformationModelGet, SopClassUids.CTImageStorage);
    private static readonly byte[] s_echo = RawUser.Message(0x0030, SopClassUids.Verification, []);

    /// <summary>Level STUDY, and Study Instance UID without value, in Implicit VR Little Endian.</summary>
    private static readonly byte[] s_identifier = [0x08, 0, 0x52, 0, 6, 0, 0, 0, .. "STUDY "u8, 0x20, 0, 0x0D, 0, 0, 0, 0, 0];

    private static readonly byte[] s_find = RawUser.Message(0x0020, SopClassUids.StudyRootQueryRetrieveInformationModelFind, s_identifier);
    private static readonly byte[] s_get = RawUser.Message(0x0010, SopClassUids.StudyRootQueryRetrieveInformationModelGet, s_identifier);

    public static async Task<int> RunAsync(bool quick)
    {
        var servers = s_servers.Select(static name => Start(name)).ToList();
        try
        {
            foreach (var server in servers)
            {
                await server.WaitAsync();
            }

            var time = TimeSpan.FromSeconds(quick ? 0.3 : 2);
            var dicom = servers.Where(static server => server.Name != "bare").ToList();
            Compare("associations", servers, quick, port => Repeat(time, () => Associate(port)));
            Compare($"associations, {Users} users at a time", servers, quick, port => AtATime(() => Repeat(time, () => Associate(port))));
            Compare("C-ECHO over one association", dicom, quick, port => Over(port, s_echoes, user => Repeat(time, () => user.Ask(s_echo) + 1)));
            Compare($"matches of C-FIND, {HandWritten.Matches} a query", dicom, quick, port => Over(port, s_queries, user => Repeat(time, () => user.Ask(s_find))));
            Compare($"images of 0.1 MB by C-GET, {Images} a request", dicom, quick, port => Over(port, s_retrievals, user => Repeat(time, () => user.Ask(s_get))));
        }
        finally
        {
            foreach (var server in servers)
            {
                await server.StopAsync();
                Directory.Delete(server.Folder, recursive: true);
            }
        }

        return 0;
    }

    private static RunningServer Start(string name)
    {
        var folder = Directory.CreateTempSubdirectory("specgen-bench-").FullName;
        Benchmarks.Images.Make(Path.Combine(folder, HandWritten.ImageFolder), side: 228, Images);
        return RunningServer.Start(name, folder);
    }

    private static void Compare(string name, List<RunningServer> servers, bool quick, Func<int, (long Done, TimeSpan Time)> measure)
    {
        var rates = servers.ToDictionary(static server => server.Name, static _ => new List<double>());
        var allocations = servers.ToDictionary(static server => server.Name, static _ => new List<double>());

        // The first round is for the just-in-time compiler.
        for (var round = -1; round < (quick ? 1 : 5); round++)
        {
            foreach (var server in servers)
            {
                var allocated = server.AllocatedBytes();
                var (done, time) = measure(server.Port);
                if (round >= 0)
                {
                    rates[server.Name].Add(done / time.TotalSeconds);
                    allocations[server.Name].Add((server.AllocatedBytes() - allocated) / (double)done);
                }
            }
        }

        var ours = rates["specgen"].Median();
        var text = new StringBuilder(name).AppendLine(", per second, and bytes that the server allocates for each:");
        foreach (var server in servers)
        {
            var rate = rates[server.Name].Median();
            text.AppendLine(CultureInfo.InvariantCulture, $"  {server.Name,-9} {rate,8:F0} {allocations[server.Name].Median(),9:F0} B   specgen/{server.Name} = {ours / rate:F2}");
        }

        Console.Write(text);
    }

    private static int Associate(int port)
    {
        using var user = new RawUser(port, s_echoes);
        user.Release();
        return 1;
    }

    private static (long Done, TimeSpan Time) Over(int port, byte[] request, Func<RawUser, (long Done, TimeSpan Time)> measure)
    {
        using var user = new RawUser(port, request);
        var result = measure(user);
        user.Release();
        return result;
    }

    private static (long Done, TimeSpan Time) AtATime(Func<(long Done, TimeSpan Time)> measure)
    {
        var results = new (long Done, TimeSpan Time)[Users];
        var threads = Enumerable.Range(0, Users).Select(i => new Thread(() => results[i] = measure())).ToList();
        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());
        return (results.Sum(static result => result.Done), results.Max(static result => result.Time));
    }

    private static (long Done, TimeSpan Time) Repeat(TimeSpan time, Func<int> work)
    {
        var done = 0L;
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < time)
        {
            done += work();
        }

        return (done, watch.Elapsed);
    }
}
