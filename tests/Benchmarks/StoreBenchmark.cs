using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using FellowOakDicom;
using FellowOakDicom.IO.Buffer;

namespace Specgen.Benchmarks;

/// <summary>C-STORE of many instances over one association to disk: our server, a fo-dicom server of the usual kind and DCMTK's storescp, by the same sender, in turns.</summary>
internal static class StoreBenchmark
{
    private static readonly string[] s_servers = ["specgen", "usual", "storescp"];

    public static async Task<int> RunAsync(bool quick)
    {
        var work = Directory.CreateDirectory(Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), "specgen-bench-" + Environment.ProcessId)).FullName;
        try
        {
            foreach (var (name, side) in new[] { ("0.5 MB", 512), ("20 kB", 100) })
            {
                await CompareAsync(name, side, quick ? 200 : 2000, quick ? 1 : 5, work);
            }
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }

        return 0;
    }

    private static async Task CompareAsync(string name, int side, int count, int rounds, string work)
    {
        var files = Path.Combine(work, "files");
        MakeFiles(files, side, count);
        var rates = s_servers.ToDictionary(static server => server, static _ => new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            foreach (var server in s_servers)
            {
                rates[server].Add(await MeasureAsync(server, files, count, work));
            }
        }

        Directory.Delete(files, recursive: true);
        var ours = Median(rates["specgen"]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} x {name}, one association, to disk; median of {rounds}:"));
        foreach (var server in s_servers)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {server,-9} {Median(rates[server]),8:F0} instances/s   specgen/{server} = {ours / Median(rates[server]):F2}"));
        }
    }

    private static void MakeFiles(string folder, int side, int count)
    {
        Directory.CreateDirectory(folder);
        var pixels = new byte[side * side * 2];
        new Random(1).NextBytes(pixels);
        for (var i = 0; i < count; i++)
        {
            var dataset = new DicomDataset()
                .Add(DicomTag.SOPClassUID, DicomUID.CTImageStorage)
                .Add(DicomTag.SOPInstanceUID, "1.2.826.0.1.99.3." + (i + 1).ToString(CultureInfo.InvariantCulture))
                .Add(DicomTag.PatientName, "Bench^Mark")
                .Add(DicomTag.PatientID, "1")
                .Add(DicomTag.StudyInstanceUID, "1.2.826.0.1.99.1")
                .Add(DicomTag.SeriesInstanceUID, "1.2.826.0.1.99.2")
                .Add(DicomTag.Modality, "CT")
                .Add(DicomTag.Rows, (ushort)side)
                .Add(DicomTag.Columns, (ushort)side)
                .Add(DicomTag.BitsAllocated, (ushort)16)
                .Add(DicomTag.BitsStored, (ushort)16)
                .Add(DicomTag.HighBit, (ushort)15)
                .Add(DicomTag.PixelRepresentation, (ushort)0)
                .Add(DicomTag.SamplesPerPixel, (ushort)1)
                .Add(DicomTag.PhotometricInterpretation, "MONOCHROME2");
            dataset.Add(new DicomOtherWord(DicomTag.PixelData, new MemoryByteBuffer(pixels)));
            using var file = File.Create(Path.Combine(folder, i.ToString("D5", CultureInfo.InvariantCulture) + ".dcm"));
            new DicomFile(dataset).Save(file);
        }
    }

    private static async Task<double> MeasureAsync(string server, string files, int count, string work)
    {
        var target = Directory.CreateDirectory(Path.Combine(work, "target")).FullName;
        var port = FreePort();
        var portText = port.ToString(CultureInfo.InvariantCulture);
        using var process = server == "storescp"
            ? Start("storescp", "-pdu", "131072", "+B", "-od", target, portText)
            : Start(Environment.ProcessPath!, [.. HostArguments(), "serve", server, portText, target]);
        try
        {
            await WaitForPortAsync(port);

            // Once for the just-in-time compiler, with a handful of files.
            await SendAsync(port, Directory.EnumerateFiles(files).Take(50));
            var watch = Stopwatch.StartNew();
            await SendAsync(port, ["+sd", files]);
            watch.Stop();
            var kept = Directory.EnumerateFiles(target).Count();
            return kept == count ? count / watch.Elapsed.TotalSeconds : throw new InvalidOperationException($"{server} kept {kept} of {count} instances.");
        }
        finally
        {
            using (var kill = Start("kill", process.Id.ToString(CultureInfo.InvariantCulture)))
            {
                await kill.WaitForExitAsync();
            }

            await process.WaitForExitAsync();
            Directory.Delete(target, recursive: true);
        }
    }

    /// <summary>"dotnet x.dll" when that is how this runs.</summary>
    private static IEnumerable<string> HostArguments() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(StoreBenchmark).Assembly.Location] : [];

    private static async Task SendAsync(int port, IEnumerable<string> arguments)
    {
        using var sender = Start("storescu", ["-xe", "-pdu", "131072", "127.0.0.1", port.ToString(CultureInfo.InvariantCulture), .. arguments]);
        await sender.WaitForExitAsync();
        if (sender.ExitCode != 0)
        {
            throw new InvalidOperationException($"storescu ended with {sender.ExitCode}.");
        }
    }

    private static Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments);

        // Debian's DCMTK leaves Nagle's algorithm on otherwise: each message would wait for 44 ms.
        start.Environment["TCP_NODELAY"] = "1";
        return Process.Start(start)!;
    }

    private static async Task WaitForPortAsync(int port)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(100);
            }
        }

        throw new TimeoutException($"Nobody listens on port {port}.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
