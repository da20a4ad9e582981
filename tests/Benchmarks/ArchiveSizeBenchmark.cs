using System.Diagnostics;
using System.Globalization;
using FellowOakDicom;
using Microsoft.Data.Sqlite;
using Specgen.Standard;

namespace Specgen.Benchmarks;

/// <summary>The archive with a million instances of 10,000 studies, beside an empty one: how long it takes to start, how soon the first match comes, what it takes of memory, how fast it stores. The rows are made in its database; no files.</summary>
internal sealed class ArchiveSizeBenchmark(string work, int studies)
{
    private const int Port = 24720;
    private const int SeriesOfStudy = 2, InstancesOfSeries = 50;

    public static async Task<int> RunAsync(bool quick)
    {
        var work = Directory.CreateDirectory(Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), "specgen-size-bench-" + Environment.ProcessId)).FullName;
        try
        {
            await new ArchiveSizeBenchmark(work, quick ? 1000 : 10_000).RunAsync();
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }

        return 0;
    }

    private async Task RunAsync()
    {
        var files = Path.Combine(work, "files");
        var (empty, full) = (Path.Combine(work, "empty"), Path.Combine(work, "full"));
        using (var archive = await StartAsync(full))
        {
            await StopAsync(archive);
        }

        Fill(Path.Combine(full, ".index.db"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{studies * SeriesOfStudy * InstancesOfSeries:N0} instances of {studies:N0} studies; database {new FileInfo(Path.Combine(full, ".index.db")).Length / 1e6:0} MB"));

        var watch = Stopwatch.StartNew();
        using var large = await StartAsync(full);
        Console.WriteLine($"  start, process included: {watch.ElapsedMilliseconds} ms; memory {Memory(large)} MB");
        await FindAsync("patient ID", Key(DicomTag.PatientID, "P0000471"));
        await FindAsync("name prefix", Key(DicomTag.PatientName, "NAME0047*"));
        await FindAsync("date range", Key(DicomTag.StudyDate, "20200110-20200111"));
        await FindAsync("accession number", Key(DicomTag.AccessionNumber, "A0000471"));
        await using (var finder = await ConnectAsync())
        {
            for (var i = 0; i < 10_000; i++)
            {
                await foreach (var _ in finder.CFindAsync(Key(DicomTag.PatientID, $"P{i % studies:D7}")))
                {
                }
            }
        }

        Console.WriteLine($"  after 10,000 queries: memory {Memory(large)} MB");
        var rates = new Dictionary<string, List<double>> { ["empty"] = [], ["full"] = [] };
        await StopAsync(large);
        for (var round = -1; round < 5; round++)
        {
            foreach (var (name, folder) in new[] { ("empty", empty), ("full", full) })
            {
                using var archive = await StartAsync(folder, "commit");
                Images.Make(files, 100, 1200, ((round + 2) * 100_000) + (name == "full" ? 50_000 : 0));
                await StorescuAsync(files, 200);
                watch.Restart();
                await StorescuAsync(files, null);
                if (round >= 0)
                {
                    rates[name].Add(1000 / watch.Elapsed.TotalSeconds);
                }

                await StopAsync(archive);
                Directory.Delete(files, recursive: true);
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  C-STORE of 20 kB: {rates["full"].Median():F0} /s, empty {rates["empty"].Median():F0} /s, ratio {rates["full"].Median() / rates["empty"].Median():F2}"));
    }

    private void Fill(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $$"""
            PRAGMA synchronous = OFF;
            BEGIN;
            CREATE TEMP TABLE n AS WITH RECURSIVE c(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM c WHERE i < {{studies - 1}}) SELECT i FROM c;
            INSERT INTO patient (id, identity, attributes) SELECT i + 1, printf('P%07d\', i), printf('{"00100010":"Name%04d^Given%d","00100020":"P%07d"}', i / 10, i, i) FROM n;
            INSERT INTO study (id, patient, uid, patient_id, birth_date, date, accession_number, study_id, attributes)
                SELECT i + 1, i + 1, printf('1.2.826.0.1.99.7.%d', i), printf('P%07d', i), '', strftime('%Y%m%d', '2020-01-01', printf('+%d days', i / 10)), printf('A%07d', i), printf('S%d', i),
                    printf('{"00080020":"%s","00080050":"A%07d","00100010":"Name%04d^Given%d","00100020":"P%07d"}', strftime('%Y%m%d', '2020-01-01', printf('+%d days', i / 10)), i, i / 10, i, i) FROM n;
            INSERT INTO person (name, study) SELECT printf('NAME%04d^GIVEN%d', i / 10, i), i + 1 FROM n;
            INSERT INTO series (study, uid, modality, attributes) SELECT n.i + 1, printf('1.2.826.0.1.99.7.%d.%d', n.i, s.i), 'CT', '{"00080060":"CT"}' FROM n JOIN n s ON s.i < {{SeriesOfStudy}};
            INSERT INTO instance (series, uid, sop_class, transfer_syntax, location, size, checksum, attributes)
                SELECT series.id, printf('%s.%d', series.uid, m.i), '1.2.840.10008.5.1.4.1.1.2', '1.2.840.10008.1.2.1', printf('1.2.826.0.1.99.7.%d/%s/%s.%d.dcm', series.study - 1, series.uid, series.uid, m.i), 524288, 1,
                    printf('{"00080016":"1.2.840.10008.5.1.4.1.1.2","00200013":"%d"}', m.i) FROM series JOIN n m ON m.i < {{InstancesOfSeries}};
            COMMIT;
            """;
        command.CommandTimeout = 600;
        command.ExecuteNonQuery();
    }

    private static async Task FindAsync(string name, DicomDataset identifier)
    {
        await using var finder = await ConnectAsync();
        var first = new List<double>();
        var count = 0;
        for (var i = 0; i < 20; i++)
        {
            var watch = Stopwatch.StartNew();
            count = 0;
            await foreach (var _ in finder.CFindAsync(identifier))
            {
                if (count++ == 0)
                {
                    first.Add(watch.Elapsed.TotalMilliseconds);
                }
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  C-FIND by {name}: first match {first.Median():F1} ms (the slowest {first.Max():F1}), {count} matches"));
    }

    private static DicomDataset Key(DicomTag tag, string key) =>
        new DicomDataset().NotValidated().Add(DicomTag.QueryRetrieveLevel, "STUDY").Add(DicomTag.StudyInstanceUID, "").Add(DicomTag.PatientName, "").AddOrUpdate(tag, key);

    private static async Task<Finder> ConnectAsync()
    {
        var finder = new Finder();
        await finder.ConnectAsync(new ScuOptions("127.0.0.1", Port) { CalledAE = "ANY-SCP", CallingAE = "BENCH" });
        return finder;
    }

    private static async Task<Process> StartAsync(string folder, string sync = "store")
    {
        var start = new ProcessStartInfo("dotnet",
            [Built.Archive, "--port", Port.ToString(CultureInfo.InvariantCulture), "--aet", "ANY-SCP", "--folder", folder, "--address", "127.0.0.1", "--sync", sync])
        { RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line && !line.Contains("Ready", StringComparison.Ordinal))
        {
        }

        _ = process.StandardOutput.ReadToEndAsync();
        return process;
    }

    private static async Task StopAsync(Process process)
    {
        using var kill = Process.Start("kill", [process.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync();
    }

    private static long Memory(Process process)
    {
        process.Refresh();
        return process.WorkingSet64 >> 20;
    }

    private static async Task StorescuAsync(string files, int? only)
    {
        string[] what = only is { } count ? [.. Directory.GetFiles(files).Order(StringComparer.Ordinal).Take(count)] : ["+sd", files];
        using var sender = RunningServer.Launch("storescu", ["-xe", "-pdu", "131072", "127.0.0.1", Port.ToString(CultureInfo.InvariantCulture), .. what]);
        await sender.WaitForExitAsync();
        if (only is not null)
        {
            // Sent: the just-in-time compiler has had them.
            foreach (var file in what)
            {
                File.Delete(file);
            }
        }
    }
}

/// <summary>Ours as who asks.</summary>
[Scu<QueryRetrieveServiceClass>(SopClasses = [SopClassUids.StudyRootQueryRetrieveInformationModelFind])]
internal sealed partial class Finder;
