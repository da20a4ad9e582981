using System.Diagnostics;
using System.Globalization;
using System.Text;
using Specgen.Standard;

namespace Specgen.Benchmarks;

/// <summary>Associations, echoes and matches of queries per second: our server and a fo-dicom server of the usual kind, by the same user, in turns.</summary>
internal static class ServiceBenchmark
{
    /// <summary>Of each query.</summary>
    public const int Matches = 2000;

    private static readonly string[] s_servers = ["specgen", "usual"];
    private static readonly byte[] s_echoes = RawUser.AssociateRequest(SopClassUids.Verification);
    private static readonly byte[] s_queries = RawUser.AssociateRequest(SopClassUids.StudyRootQueryRetrieveInformationModelFind);
    private static readonly byte[] s_echo = RawUser.Message(0x0030, SopClassUids.Verification, []);

    /// <summary>Level STUDY, and Study Instance UID without value, in Implicit VR Little Endian.</summary>
    private static readonly byte[] s_find = RawUser.Message(
        0x0020, SopClassUids.StudyRootQueryRetrieveInformationModelFind, [0x08, 0, 0x52, 0, 6, 0, 0, 0, .. "STUDY "u8, 0x20, 0, 0x0D, 0, 0, 0, 0, 0]);

    public static async Task<int> RunAsync(bool quick)
    {
        var servers = s_servers.Select(static name => RunningServer.Start(name, Directory.CreateTempSubdirectory("specgen-bench-").FullName)).ToList();
        try
        {
            foreach (var server in servers)
            {
                await server.WaitAsync();
            }

            var time = TimeSpan.FromSeconds(quick ? 0.3 : 2);
            Compare("associations", servers, quick, port => Repeat(time, () => Associate(port)));
            Compare("C-ECHO over one association", servers, quick, port => Over(port, s_echoes, user => Repeat(time, () => user.Ask(s_echo) + 1)));
            Compare($"matches of C-FIND, {Matches} a query", servers, quick, port => Over(port, s_queries, user => Repeat(time, () => user.Ask(s_find))));
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

    private static void Compare(string name, List<RunningServer> servers, bool quick, Func<int, double> measure)
    {
        var rates = servers.ToDictionary(static server => server.Name, static _ => new List<double>());

        // The first round is for the just-in-time compiler.
        for (var round = -1; round < (quick ? 1 : 5); round++)
        {
            foreach (var server in servers)
            {
                var rate = measure(server.Port);
                if (round >= 0)
                {
                    rates[server.Name].Add(rate);
                }
            }
        }

        var ours = Median(rates["specgen"]);
        var text = new StringBuilder(name).AppendLine(", per second:");
        foreach (var server in servers)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {server.Name,-9} {Median(rates[server.Name]),8:F0}   specgen/{server.Name} = {ours / Median(rates[server.Name]):F2}");
        }

        Console.Write(text);
    }

    private static int Associate(int port)
    {
        using var user = new RawUser(port, s_echoes);
        user.Release();
        return 1;
    }

    private static double Over(int port, byte[] request, Func<RawUser, double> measure)
    {
        using var user = new RawUser(port, request);
        var rate = measure(user);
        user.Release();
        return rate;
    }

    /// <summary>What is done per second.</summary>
    private static double Repeat(TimeSpan time, Func<int> work)
    {
        var done = 0L;
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < time)
        {
            done += work();
        }

        return done / watch.Elapsed.TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
