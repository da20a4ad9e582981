using System.Collections.Concurrent;
using System.Reflection;
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

    /// <summary>What the documentation leaves to who reads it.</summary>
    private static readonly Dictionary<string, string> s_completed = new(StringComparer.Ordinal)
    {
        ["handlers.md Commitments"] = """
            internal sealed partial class Commitments
            {
                private static Task KeepAsync(StorageCommitmentModule request, CancellationToken cancellationToken) => Task.CompletedTask;

                private static Task ReportAsync(PeerLink peer, string transactionUid, CancellationToken stopping) => Task.CompletedTask;
            }
            """,
        ["handlers.md Studies"] = """
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
            """,
        ["handlers.md Steps"] = """
            internal sealed partial class Steps
            {
                private partial IAsyncEnumerable<CFindResult<UnifiedProcedureStepCFindStatus>> OnCFindAsync(CFindContext context, CancellationToken cancellationToken) => throw new NotSupportedException();

                private partial ValueTask<DimseResult<UnifiedProcedureStepNGetStatus>> OnNGetAsync(NGetContext context, CancellationToken cancellationToken) => throw new NotSupportedException();

                private partial ValueTask<DimseResult<UnifiedProcedureStepNSetStatus>> OnNSetAsync(NSetContext context, CancellationToken cancellationToken) => throw new NotSupportedException();
            }
            """,
        ["handlers.md OnPrintAsync"] = """
            [Scp<PrintManagementServiceClass>(SopClasses = [SopClassUids.BasicFilmBox])]
            internal sealed partial class Printer
            {
                private static Task<string?> SpoolAsync(string sopInstanceUid, CancellationToken cancellationToken) => Task.FromResult(sopInstanceUid == "1.2.3" ? "1.2.4" : null);

                private partial ValueTask<DimseResult<PrintManagementNCreateStatus>> OnNCreateAsync(NCreateContext context, CancellationToken cancellationToken) => throw new NotSupportedException();

                private partial ValueTask<DimseResult<PrintManagementNDeleteStatus>> OnNDeleteAsync(NDeleteContext context, CancellationToken cancellationToken) => throw new NotSupportedException();
            }
            """,
    };

    private static readonly string[] s_noUids = ["../../outside", "/tmp/outside", "..", "1.2.3/../../outside", "1..2", "", new string('1', 65), "1.2\u001b[31m", "1.2\r\nforged"];

    private static readonly Lazy<IReadOnlyList<Handler>> s_shown = new(Find);

    private static readonly DicomDataset s_entry = new() { { DicomTag.PatientName, "DOE^JOHN" }, { DicomTag.PatientID, "1" }, { DicomTag.StudyInstanceUID, "1.2.3" } };

    /// <summary>In a namespace of its own each, for some have the same name.</summary>
    private static readonly Lazy<Assembly> s_assembly = new(static () =>
    {
        var project = (StandardPages.Project with { Name = "Documentation", Language = LanguageVersion.CSharp12 }).Source(Usings, "Usings.cs");
        return Shown.Aggregate(project, static (all, shown) => all.Source($"namespace {shown.Namespace};\n{shown.Text}\n{s_completed.GetValueOrDefault(shown.Name)}", shown.Namespace + ".cs")).Run().Load();
    });

    /// <summary>What is shown, and what it is run against.</summary>
    [TestMethod]
    [DataRow("README.md ImageStore", nameof(StoreAsync))]
    [DataRow("testing.md ImageStore", nameof(StoreAsync))]
    [DataRow("storage-server.md ImageStore", nameof(StoreAsync))]
    [DataRow("from-fo-dicom.md Store", nameof(StoreAsync))]
    [DataRow("from-pynetdicom.md Store", nameof(StoreAsync))]
    [DataRow("ImageStore.cs ImageStore", nameof(StoreAsync))]
    [DataRow("handlers.md Studies", nameof(FindStudiesAsync))]
    [DataRow("from-pynetdicom.md Studies", nameof(FindStudiesAsync))]
    [DataRow("queries.md Worklist", nameof(FindWorklistAsync))]
    [DataRow("testing.md Worklist", nameof(FindWorklistAsync))]
    [DataRow("from-fo-dicom.md Worklist", nameof(FindWorklistAsync))]
    [DataRow("handlers.md Commitments", nameof(CommitAsync))]
    [DataRow("handlers.md CommitmentClient", nameof(ReportAsync))]
    [DataRow("handlers.md Steps", nameof(ChangeStepAsync))]
    [DataRow("handlers.md OnPrintAsync", nameof(PrintAsync))]
    public async Task IsRunAgainstWhatPeersShouldNotSend(string name, string attack)
    {
        var shown = Shown.Single(shown => shown.Name == name);
        var folder = Directory.CreateTempSubdirectory("specgen-documented").FullName;
        try
        {
            var root = Path.Combine(folder, "deep", "root");
            Directory.CreateDirectory(root);
            var log = new ErrorLog();
            var options = new DicomScpOptions { Address = "127.0.0.1", Port = 0, AETitle = "SERVER", ReceiveFolder = Path.Combine(folder, "receiving"), LoggerFactory = log };
            await using (var scp = await DicomScp.StartAsync(options, Make(shown, root)))
            {
                await (attack switch
                {
                    nameof(StoreAsync) => StoreAsync(scp.Port, folder, root),
                    nameof(FindStudiesAsync) => FindStudiesAsync(scp.Port),
                    nameof(FindWorklistAsync) => FindWorklistAsync(scp.Port),
                    nameof(CommitAsync) => CommitAsync(scp.Port),
                    nameof(ReportAsync) => ReportAsync(scp.Port),
                    nameof(ChangeStepAsync) => ChangeStepAsync(scp.Port),
                    _ => PrintAsync(scp.Port),
                });
            }

            Assert.AreEqual("", string.Join("\n", log.Errors), "What a peer does wrong is no error of the handler.");
            Assert.IsTrue(Directory.GetFiles(folder, "*.dcm", SearchOption.AllDirectories).All(file => Path.GetDirectoryName(file) == root || Path.GetFileName(Path.GetDirectoryName(file)) == "sent"));
            Assert.IsFalse(File.Exists("/tmp/outside") || File.Exists("/tmp/outside.dcm"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [TestMethod]
    public void NoneIsLeftOut() => CollectionAssert.AreEquivalent(
        typeof(DocumentedHandlersTests).GetMethod(nameof(IsRunAgainstWhatPeersShouldNotSend))!.GetCustomAttributes<DataRowAttribute>().Select(static row => row.Data[0]).ToList(),
        Shown.Select(static shown => (object?)shown.Name).ToList());

    private static async Task StoreAsync(int port, string folder, string root)
    {
        var uid = Class("CTImageStorage");
        await using var association = await OpenAsync(port, uid, DicomRole.Scu);
        var sent = Directory.CreateDirectory(Path.Combine(folder, "sent")).FullName;
        foreach (var instance in s_noUids.Append("1.2.3.4"))
        {
            foreach (var depth in new[] { 1, 5_000 })
            {
                var path = Path.Combine(sent, $"{Guid.NewGuid()}.dcm");
                await File.WriteAllBytesAsync(path, PartTen(uid, instance, Nested(depth)));
                var status = await StatusAsync(async () => (await association.CStoreAsync<Any>(path)).Code);
                Assert.AreEqual(instance == "1.2.3.4" && depth == 1, status == 0, $"{instance}, {depth}: {status:X4}");
            }
        }

        Assert.HasCount(1, Directory.GetFiles(root, "*", SearchOption.AllDirectories));
    }

    private static Task FindStudiesAsync(int port) => FindAsync(port, "StudyRootQueryRetrieveInformationModelFind");

    private static Task FindWorklistAsync(int port) => FindAsync(port, "ModalityWorklistInformationModelFind");

    private static async Task FindAsync(int port, string model)
    {
        var uid = Class(model);
        await using var association = await OpenAsync(port, uid, DicomRole.Scu);
        foreach (var (key, value) in new (DicomTag, string)[]
        {
            (DicomTag.PatientName, "*"),
            (DicomTag.PatientName, new string('*', 5_000) + "x"),
            (DicomTag.PatientName, @"a\b"),
            (DicomTag.StudyDate, "no date"),
            (DicomTag.StudyTime, "0800-1200"),
            (DicomTag.StudyInstanceUID, string.Join('\\', Enumerable.Range(1, 500).Select(static i => $"1.2.{i}"))),
            (DicomTag.PatientID, "'; DROP TABLE study; --"),
            (DicomTag.PatientID, "\u001b[31m"),
            (DicomTag.PatientAge, "-1"),
            (DicomTag.PatientSex, ""),
        })
        {
            var identifier = new DicomDataset().NotValidated().Add(DicomTag.PatientName, "");
            identifier.AddOrUpdate(key, value);
            var found = 0;
            var query = association.CFindAsync<Any>(new SopClass(uid, "Find", "Find", "Find", null, false), identifier);
            await foreach (var match in query)
            {
                Assert.IsTrue(match.Contains(DicomTag.PatientName));
                found++;
            }

            Assert.AreEqual(0, query.Result!.Value.Code, $"{key}: {value}");
            Assert.IsLessThanOrEqualTo(2, found);
        }
    }

    private static Task CommitAsync(int port)
    {
        var reference = new DicomDataset().NotValidated().Add(DicomTag.ReferencedSOPClassUID, Class("CTImageStorage")).Add(DicomTag.ReferencedSOPInstanceUID, "1.2.3.4");
        return ActAsync(
            port,
            "StorageCommitmentPushModel",
            "1.2.840.10008.1.20.1.1",
            (null, false),
            (new DicomDataset(), false),
            (new DicomDataset().NotValidated().Add(DicomTag.TransactionUID, ""), false),
            (new DicomDataset().Add(DicomTag.TransactionUID, "1.2.3"), false),
            (new DicomDataset().Add(DicomTag.TransactionUID, "1.2.3").Add(new DicomSequence(DicomTag.ReferencedSOPSequence)), false),
            (new DicomDataset().Add(DicomTag.TransactionUID, "1.2.3").Add(new DicomSequence(DicomTag.ReferencedSOPSequence, new DicomDataset())), false),
            (new DicomDataset().Add(new DicomSequence(DicomTag.ReferencedSOPSequence, reference)), false),
            (new DicomDataset().Add(DicomTag.TransactionUID, "1.2.3").Add(new DicomSequence(DicomTag.ReferencedSOPSequence, reference)), true));
    }

    private static Task ChangeStepAsync(int port) => ActAsync(
        port,
        "UnifiedProcedureStepPull",
        "1.2.3",
        (null, false),
        (new DicomDataset(), false),
        (new DicomDataset().Add(DicomTag.TransactionUID, "1.2.3"), false),
        (new DicomDataset().NotValidated().Add(DicomTag.TransactionUID, "1.2.3").Add(DicomTag.ProcedureStepState, ""), false),
        (new DicomDataset().Add(DicomTag.TransactionUID, "1.2.3").Add(DicomTag.ProcedureStepState, "COMPLETED"), true));

    private static async Task PrintAsync(int port)
    {
        await ActAsync(port, "BasicFilmBox", "1.2.3", (null, true), (new DicomDataset().NotValidated().Add(DicomTag.PatientID, "\u001b"), true));
        await ActAsync(port, "BasicFilmBox", "1.2.9", (null, false));
        foreach (var uid in s_noUids)
        {
            await ActAsync(port, "BasicFilmBox", uid, (null, false));
        }
    }

    private static async Task ActAsync(int port, string keyword, string instance, params (DicomDataset? Information, bool IsTaken)[] actions)
    {
        var uid = Class(keyword);
        await using var association = await OpenAsync(port, uid, DicomRole.Scu);
        foreach (var (information, isTaken) in actions)
        {
            var status = await StatusAsync(async () => (await association.NActionAsync<Any>(new SopClass(uid, keyword, keyword, keyword, null, false), instance, 1, information)).Code);
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
            (null, false),
            (new DicomDataset(), false),
            (new DicomDataset().Add(DicomTag.TransactionUID, "9.9"), false),
            (new DicomDataset().NotValidated().Add(DicomTag.TransactionUID, "../../outside"), false),
            (new DicomDataset().Add(DicomTag.TransactionUID, "1.2.3"), true),
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
        catch (Exception e) when (e is InvalidDataException or ArgumentException or DicomDataException)
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

    private static IDimseHandlers Make(Handler shown, string root)
    {
        var type = s_assembly.Value.GetType($"{shown.Namespace}.{shown.Class}", throwOnError: true)!;
        var constructor = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Single();
        return (IDimseHandlers)constructor.Invoke([.. constructor.GetParameters().Select(parameter =>
            parameter.ParameterType == typeof(string) ? root
            : parameter.ParameterType.IsAssignableFrom(typeof(DicomDataset[])) ? (object)new[] { s_entry }
            : TakesOneTwoThree(parameter.ParameterType))]);
    }

    /// <summary>A function of a module whose type is generated.</summary>
    private static Delegate TakesOneTwoThree(Type function) =>
        typeof(DocumentedHandlersTests).GetMethod(nameof(IsOneTwoThree), BindingFlags.Static | BindingFlags.NonPublic)!.CreateDelegate(function);

    private static bool IsOneTwoThree(ModuleView module) => module.Dataset.GetSingleValueOrDefault(DicomTag.TransactionUID, "") == "1.2.3";

    /// <summary>All with a handler in them that a block of code shows whole, classes and methods without a class, and those of the templates.</summary>
    private static IReadOnlyList<Handler> Shown => s_shown.Value;

    private static List<Handler> Find()
    {
        var shown = new List<Handler>();
        var pages = Directory.GetFiles(Path.Combine(TestFiles.Root, "docs"), "*.md", SearchOption.AllDirectories).Append(Path.Combine(TestFiles.Root, "README.md")).Order(StringComparer.Ordinal);
        var blocks = pages.SelectMany(static page => Code().Matches(File.ReadAllText(page)).Select(block => (Page: page, block.Groups["text"].Value)))
            .Concat(Directory.GetFiles(Path.Combine(TestFiles.Root, "templates"), "*.cs", SearchOption.AllDirectories).Select(static file => (Page: file, File.ReadAllText(file))));
        foreach (var (page, text) in blocks)
        {
            foreach (var handler in HandlerClass().Matches(text).Concat(HandlerMethod().Matches(text)))
            {
                var name = handler.Groups["class"].Value is { Length: > 0 } type ? type : handler.Groups["method"].Value;
                if (HandlerMethod().IsMatch(handler.Value.Replace("\n    ", "\n", StringComparison.Ordinal)))
                {
                    shown.Add(new Handler($"{Path.GetFileName(page)} {name}", $"Shown{shown.Count}", name, handler.Value));
                }
            }
        }

        return shown;
    }

    [GeneratedRegex(@"^```csharp[^\r\n]*\r?\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"^\[Sc[pu]<[^\r\n]*\r?\n(\[[^\r\n]*\r?\n)*(internal|public) sealed partial class (?<class>\w+)[^\r\n;]*\r?\n\{.*?^\}", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex HandlerClass();

    [GeneratedRegex(@"^(private|public) (async )?partial (?<type>ValueTask|IAsyncEnumerable)<[^\r\n]* (?<method>On\w+Async)\([^{;]*\)\r?\n\{.*?^\}", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex HandlerMethod();

    private sealed record Handler(string Name, string Namespace, string Shows, string Shown)
    {
        private bool IsMethod => Shows.StartsWith("On", StringComparison.Ordinal);

        public string Class => IsMethod ? "Printer" : Shows;

        /// <summary>With something in the place of what it leaves out; internal, as the statuses are here.</summary>
        public string Text
        {
            get
            {
                var whole = Shown.Replace("public sealed partial class", "internal sealed partial class", StringComparison.Ordinal).Replace("        …", "        await Task.Yield();\n        return UnifiedProcedureStepNActionStatus.Success;", StringComparison.Ordinal);
                return IsMethod ? $"internal sealed partial class {Class}\n{{\n{whole}\n}}" : whole;
            }
        }
    }

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
