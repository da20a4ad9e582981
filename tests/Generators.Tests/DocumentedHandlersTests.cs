using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using FellowOakDicom;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.Extensions.Logging;

namespace Specgen.Generators.Tests;

/// <summary>Handlers that the documentation shows are copied: each is compiled, and run against what peers should not send.</summary>
[TestClass]
public sealed partial class DocumentedHandlersTests
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using FellowOakDicom;
        global using Specgen;
        global using Specgen.Standard;
        """;

    /// <summary>What the documentation leaves to who reads it, and how an object is made of what it shows.</summary>
    private const string Completed = """
        internal sealed partial class Commitments
        {
            private static Task ReportAsync(PeerLink peer, string transactionUid, CancellationToken stopping) => Task.CompletedTask;
        }

        internal sealed partial class Studies
        {
            private async IAsyncEnumerable<DicomDataset> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
            {
                foreach (var study in studies)
                {
                    await Task.Yield();
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return study;
                }
            }
        }

        #pragma warning disable CS1591
        public static class Documented
        {
            public static IDimseHandlers[] Make(string folder, IReadOnlyList<DicomDataset> entries) =>
                new IDimseHandlers[] { new ImageStore(folder), new Commitments(), new Studies(entries), new Worklist(entries), new CommitmentClient(static report => report.TransactionUid == "1.2.3") };
        }
        """;

    private static readonly string[] s_noUids = ["../../outside", "/tmp/outside", "..", "1.2.3/../../outside", "1..2", "", new string('1', 65), "1.2\u001b[31m", "1.2\r\nforged"];

    [TestMethod]
    public async Task EachIsRunAgainstWhatPeersShouldNotSend()
    {
        var handlers = Handlers();
        CollectionAssert.IsSubsetOf(new[] { "ImageStore", "Commitments", "Studies", "Worklist", "CommitmentClient" }, handlers.Select(static h => h.Class).ToList());
        var project = (StandardPages.Project with { Name = "Documentation", Language = LanguageVersion.CSharp12 }).Source(Usings, "Usings.cs").Source(Completed, "Completed.cs");
        foreach (var (name, text) in handlers.Where(static h => h.Class is "ImageStore" or "Commitments" or "Studies" or "Worklist" or "CommitmentClient"))
        {
            project = project.Source("#pragma warning disable CS1998\n" + text, name + ".cs");
        }

        var make = project.Run().Load().GetType("Documented", throwOnError: true)!.GetMethod("Make")!;
        var folder = Directory.CreateTempSubdirectory("specgen-documented").FullName;
        try
        {
            var root = Path.Combine(folder, "deep", "root");
            Directory.CreateDirectory(root);
            var log = new ErrorLog();
            var entry = new DicomDataset { { DicomTag.PatientName, "DOE^JOHN" }, { DicomTag.PatientID, "1" }, { DicomTag.StudyInstanceUID, "1.2.3" } };
            var providers = (IDimseHandlers[])make.Invoke(null, [root, new[] { entry }])!;
            await using (var scp = await DicomScp.StartAsync(new DicomScpOptions { Address = "127.0.0.1", Port = 0, AETitle = "SERVER", ReceiveFolder = Path.Combine(folder, "receiving"), LoggerFactory = log }, providers))
            {
                await StoreAsync(scp.Port, folder, root);
                await FindAsync(scp.Port, "StudyRootQueryRetrieveInformationModelFind");
                await FindAsync(scp.Port, "ModalityWorklistInformationModelFind");
                await CommitAsync(scp.Port);
                await ReportAsync(scp.Port);
            }

            Assert.AreEqual("", string.Join("\n", log.Errors), "What a peer does wrong is no error of the handler.");
            Assert.IsTrue(Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(static f => f.EndsWith(".dcm", StringComparison.Ordinal) && !f.Contains("sent", StringComparison.Ordinal))
                .All(f => f.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal)));
            Assert.IsFalse(File.Exists("/tmp/outside") || File.Exists("/tmp/outside.dcm"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task StoreAsync(int port, string folder, string root)
    {
        var uid = Class("CTImageStorage");
        await using var association = await OpenAsync(port, uid, DicomRole.Scu);
        var number = 0;
        foreach (var instance in s_noUids.Append("1.2.3.4"))
        {
            foreach (var depth in new[] { 1, 5_000 })
            {
                var path = Path.Combine(folder, $"sent{number++}.dcm");
                await File.WriteAllBytesAsync(path, PartTen(uid, instance, Nested(depth)));
                var status = await StatusAsync(async () => (await association.CStoreAsync<Any>(path)).Code);
                Assert.AreEqual(instance == "1.2.3.4" && depth == 1, status == 0, $"{instance}, {depth}: {status:X4}");
            }
        }

        Assert.HasCount(1, Directory.GetFiles(root, "*.dcm", SearchOption.AllDirectories));
    }

    private static async Task FindAsync(int port, string model)
    {
        var uid = Class(model);
        await using var association = await OpenAsync(port, uid, DicomRole.Scu);
        foreach (var identifier in new[]
        {
            new DicomDataset().NotValidated(),
            new DicomDataset().NotValidated().Add(DicomTag.PatientName, "*"),
            new DicomDataset().NotValidated().Add(DicomTag.PatientName, new string('*', 5_000) + "x"),
            new DicomDataset().NotValidated().Add(DicomTag.StudyDate, "no date"),
            new DicomDataset().NotValidated().Add(DicomTag.StudyInstanceUID, Enumerable.Range(1, 500).Select(static i => $"1.2.{i}").ToArray()),
            new DicomDataset().NotValidated().Add(DicomTag.PatientID, "'; DROP TABLE study; --"),
        })
        {
            var found = 0;
            var query = association.CFindAsync<Any>(new SopClass(uid, "Find", "Find", "Find", null, false), identifier);
            await foreach (var _ in query)
            {
                found++;
            }

            Assert.AreEqual<int>(0, query.Result!.Value.Code, identifier.ToString());
            Assert.IsLessThanOrEqualTo(1, found);
        }
    }

    private static async Task CommitAsync(int port)
    {
        var uid = Class("StorageCommitmentPushModel");
        await using var association = await OpenAsync(port, uid, DicomRole.Scu);
        var sopClass = new SopClass(uid, "Commitment", "Commitment", "Commitment", null, false);
        var whole = new DicomDataset().NotValidated().Add(DicomTag.TransactionUID, "1.2.3").Add(new DicomSequence(DicomTag.ReferencedSOPSequence,
            new DicomDataset().NotValidated().Add(DicomTag.ReferencedSOPClassUID, Class("CTImageStorage")).Add(DicomTag.ReferencedSOPInstanceUID, "1.2.3.4")));
        foreach (var (dataset, isTaken) in new (DicomDataset?, bool)[]
        {
            (null, false),
            (new DicomDataset().NotValidated(), false),
            (new DicomDataset().NotValidated().Add(DicomTag.TransactionUID, ""), false),
            (new DicomDataset().NotValidated().Add(DicomTag.TransactionUID, "1.2.3"), false),
            (whole, true),
        })
        {
            var status = (await association.NActionAsync<Any>(sopClass, "1.2.840.10008.1.20.1.1", 1, dataset)).Code;
            Assert.AreEqual(isTaken, status == 0, $"{status:X4}");
        }
    }

    private static async Task ReportAsync(int port)
    {
        var uid = Class("StorageCommitmentPushModel");
        await using var association = await OpenAsync(port, uid, DicomRole.Scp);
        var sopClass = new SopClass(uid, "Commitment", "Commitment", "Commitment", null, false);
        foreach (var (dataset, isTaken) in new (DicomDataset?, bool)[]
        {
            (null, false), (new DicomDataset().NotValidated().Add(DicomTag.TransactionUID, "9.9"), false), (new DicomDataset().NotValidated().Add(DicomTag.TransactionUID, "1.2.3"), true),
        })
        {
            var status = (await association.NEventReportAsync<Any>(sopClass, "1.2.840.10008.1.20.1.1", 1, dataset)).Code;
            Assert.AreEqual(isTaken, status == 0, $"{status:X4}");
        }
    }

    private static ValueTask<ScuAssociation> OpenAsync(int port, string sopClass, DicomRole role)
    {
        var options = new ScuOptions("127.0.0.1", port) { CalledAE = "SERVER", PresentationContexts = [new ProposedContext(sopClass, "1.2.840.10008.1.2.1", "1.2.840.10008.1.2") { Role = role }] };
        options.DataSetLimits = new DataSetLimits { MaxDepth = DataSetLimits.DeepestNesting };
        return ScuAssociation.OpenAsync(new NoHandlers(), options);
    }

    private static async Task<int> StatusAsync(Func<Task<ushort>> send)
    {
        try
        {
            return await send();
        }
        catch (InvalidDataException)
        {
            // This side does not send it either.
            return -1;
        }
    }

    private static string Class(string keyword) => (string)StandardPages.Generated("SopClassUids").GetField(keyword)!.GetRawConstantValue()!;

    /// <summary>Items of defined length, in one another (PS3.5 §7.5).</summary>
    private static byte[] Nested(int depth)
    {
        using var bytes = new MemoryStream();
        for (var level = depth - 1; level >= 0; level--)
        {
            var inner = level * 20;
            bytes.Write([0x08, 0, 0x15, 0x11, (byte)'S', (byte)'Q', 0, 0]);
            bytes.Write(BitConverter.GetBytes(inner + 8));
            bytes.Write([0xFE, 0xFF, 0x00, 0xE0]);
            bytes.Write(BitConverter.GetBytes(inner));
        }

        return bytes.ToArray();
    }

    private static byte[] PartTen(string sopClass, string instance, byte[] dataSet)
    {
        using var meta = new MemoryStream();
        void Element(byte element, string vr, byte[] value, byte padding)
        {
            meta.Write([2, 0, element, 0, (byte)vr[0], (byte)vr[1]]);
            var padded = value.Length % 2 == 0 ? value : [.. value, padding];
            meta.Write(vr == "OB" ? [0, 0, .. BitConverter.GetBytes(padded.Length)] : BitConverter.GetBytes((ushort)padded.Length));
            meta.Write(padded);
        }

        Element(1, "OB", [0, 1], 0);
        Element(2, "UI", Encoding.Latin1.GetBytes(sopClass), 0);
        Element(3, "UI", Encoding.Latin1.GetBytes(instance), 0);
        Element(0x10, "UI", "1.2.840.10008.1.2.1"u8.ToArray(), 0);
        return [.. new byte[128], .. "DICM"u8, 2, 0, 0, 0, (byte)'U', (byte)'L', 4, 0, .. BitConverter.GetBytes((int)meta.Length), .. meta.ToArray(), .. dataSet];
    }

    /// <summary>Each class with [Scp] or [Scu] that a block of code shows whole, without what comes behind it.</summary>
    private static List<(string Class, string Text)> Handlers()
    {
        var handlers = new List<(string, string)>();
        foreach (var page in Directory.GetFiles(Path.Combine(TestFiles.Root, "docs"), "*.md").Append(Path.Combine(TestFiles.Root, "README.md")))
        {
            foreach (var text in Code().Matches(File.ReadAllText(page)).Select(static block => block.Groups["text"].Value))
            {
                foreach (Match handler in Handler().Matches(text))
                {
                    handlers.Add((handler.Groups["class"].Value, handler.Value));
                }
            }
        }

        return handlers;
    }

    [GeneratedRegex(@"^```csharp\r?\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"^\[Sc[pu]<[^\r\n]*\r?\ninternal sealed partial class (?<class>\w+)[^\r\n]*\r?\n\{.*?^\}", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Handler();

    private enum Any : ushort
    {
        Success = 0,
    }

    private sealed class NoHandlers : IDimseHandlers
    {
        public IReadOnlyList<ServiceBinding> Bindings => [];
    }

    private sealed class ErrorLog : ILoggerFactory, ILogger
    {
        public ConcurrentQueue<string> Errors { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                Errors.Enqueue($"{formatter(state, exception)} {exception}");
            }
        }

        public void Dispose()
        {
        }
    }
}
