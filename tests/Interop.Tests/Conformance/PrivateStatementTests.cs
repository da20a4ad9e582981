using System.Text;
using Specgen.Conformance;

namespace Specgen.Interop.Tests.Conformance;

/// <summary>The statement of a small server of a private SOP class, with pages of its own, in each format as it is verified. A difference leaves a .received. file beside the .verified. one.</summary>
[TestClass]
public sealed class PrivateStatementTests
{
    private static readonly string s_folder = Path.Combine(SampleStatementTests.SpecFolder, "..", "tests", "Interop.Tests", "Conformance");

    [TestMethod]
    [DataRow(ConformanceFormat.Html, "html")]
    [DataRow(ConformanceFormat.Markdown, "md")]
    [DataRow(ConformanceFormat.Json, "json")]
    [DataRow(ConformanceFormat.DocBook, "xml")]
    public async Task AStatement_IsAsVerified(ConformanceFormat format, string extension)
    {
        var statement = DicomScpConformance.Of(new DicomScpOptions { AETitle = "TAPES", Port = 104, Peers = { ["WS"] = new DicomPeer("127.0.0.1", 105) } }, new TapeArchive()) with
        {
            Product = "Acme Tapes",
            Version = "1.0",
            Snippets = new Dictionary<string, string> { ["N.1"] = "Moves studies to tape.\n\n- slowly\n- for ever\n", ["N.1.7"] = "| Character Set | Use |\n|---|---|\n| ISO_IR 192 | all |\n" },
        };
        using var stream = new MemoryStream();
        await statement.WriteAsync(stream, format);
        var text = Encoding.UTF8.GetString(stream.ToArray());

        var verified = Path.Combine(s_folder, $"{nameof(PrivateStatementTests)}.{nameof(AStatement_IsAsVerified)}.verified.{extension}");
        var received = verified.Replace(".verified.", ".received.", StringComparison.Ordinal);
        if (File.Exists(verified) && await File.ReadAllTextAsync(verified) == text)
        {
            File.Delete(received);
            return;
        }

        await File.WriteAllTextAsync(received, text);
        Assert.Fail($"{Path.GetFileName(received)} is not what {Path.GetFileName(verified)} has.");
    }
}
