using System.Globalization;
using System.Text;
using Specgen.Interop.Tests.Peers;

namespace Specgen.Interop.Tests.Data;

/// <summary>One instance in a file, and its identity.</summary>
internal sealed record TestFile(string Name, string Path, string SopClassUid, string StudyUid, string SeriesUid, string InstanceUid)
{
    /// <summary>Where the archive is to keep it below its folder.</summary>
    public string ArchivedIn(string folder) => System.IO.Path.Combine(folder, StudyUid, SeriesUid, InstanceUid + ".dcm");
}

/// <summary>
/// Synthetic instances of several kinds, written by DCMTK (dump2dcm, dcmcjpeg, …), so that what is sent was encoded by somebody else.
/// Made once a run; the pixels are a pattern, the identities are derived from the names.
/// </summary>
internal static class TestFiles
{
    public const string CTImageStorage = "1.2.840.10008.5.1.4.1.1.2";
    public const string MRImageStorage = "1.2.840.10008.5.1.4.1.1.4";
    public const string EnhancedMRImageStorage = "1.2.840.10008.5.1.4.1.1.4.1";
    public const string MultiFrameTrueColorStorage = "1.2.840.10008.5.1.4.1.1.7.4";
    public const string EncapsulatedPdfStorage = "1.2.840.10008.5.1.4.1.1.104.1";
    private const string StudyRoot = "1.2.826.0.1.3680043.10.1467.7";

    private static readonly Lazy<Task<IReadOnlyDictionary<string, TestFile>>> s_made = new(MakeAsync);
    private static readonly TemporaryFolder s_folder = new();

    public static async Task<IReadOnlyList<TestFile>> AllAsync() => [.. (await s_made.Value).Values];

    public static async Task<TestFile> GetAsync(string name) => (await s_made.Value)[name];

    /// <summary>A CT instance of its own, of about the size asked for.</summary>
    public static Task<TestFile> MakeCTAsync(TemporaryFolder folder, string name, int kilobytes = 128) =>
        WriteAsync(folder, name, CTImageStorage, Monochrome("CT", rows: kilobytes * 2, columns: 256, folder, name), "+te");

    public static void Delete() => s_folder.Dispose();

    private static async Task<IReadOnlyDictionary<string, TestFile>> MakeAsync()
    {
        var ct = await WriteAsync(s_folder, "ct", CTImageStorage, Monochrome("CT", 256, 256, s_folder, "ct"), "+te");
        List<TestFile> files =
        [
            ct,
            await WriteAsync(s_folder, "ct-implicit", CTImageStorage, Monochrome("CT", 128, 128, s_folder, "ct-implicit"), "+ti"),
            await WriteAsync(s_folder, "ct-big-endian", CTImageStorage, Monochrome("CT", 128, 128, s_folder, "ct-big-endian"), "+tb"),
            await WriteAsync(s_folder, "ct-deflated", CTImageStorage, Monochrome("CT", 128, 128, s_folder, "ct-deflated"), "+td"),
            await WriteAsync(s_folder, "mr", MRImageStorage, Monochrome("MR", 192, 160, s_folder, "mr"), "+te"),
            await WriteAsync(s_folder, "mr-enhanced", EnhancedMRImageStorage, Enhanced(s_folder, "mr-enhanced"), "+te"),
            // DCMTK's own users send explicit lengths whatever the file has: this one is for ours.
            await WriteAsync(s_folder, "mr-undefined-lengths", EnhancedMRImageStorage, Enhanced(s_folder, "mr-undefined-lengths"), "+te", "-e"),
            await WriteAsync(s_folder, "multi-frame", MultiFrameTrueColorStorage, TrueColor(s_folder, "multi-frame"), "+te"),
            await PdfAsync(),
            await CompressAsync(ct, "ct-jpeg-lossless", "dcmcjpeg", "+e1"),
            await CompressAsync(ct, "ct-jpeg-ls", "dcmcjpls", "+el"),
            await CompressAsync(ct, "ct-rle", "dcmcrle"),
        ];
        return files.ToDictionary(static f => f.Name);
    }

    private static async Task<TestFile> WriteAsync(TemporaryFolder folder, string name, string sopClass, string dump, params string[] options)
    {
        var file = Identity(folder, name, sopClass);
        await File.WriteAllTextAsync(folder[name + ".dump"], Header(file) + dump, Encoding.ASCII);
        await Tool.OutputAsync("dump2dcm", [.. options, folder[name + ".dump"], file.Path]);
        return file;
    }

    private static TestFile Identity(TemporaryFolder folder, string name, string sopClass)
    {
        // Digits from the name and the folder: stable within a run, different between runs, valid as a component (PS3.5 §9.1).
        var number = 1 + (uint)HashCode.Combine(name, folder.FullName);
        var study = $"{StudyRoot}.{number}";
        return new TestFile(name, folder[name + ".dcm"], sopClass, study, study + ".1", study + ".1.1");
    }

    private static string Header(TestFile file) => $"""
        (0008,0005) CS [ISO_IR 100]
        (0008,0016) UI [{file.SopClassUid}]
        (0008,0018) UI [{file.InstanceUid}]
        (0008,0020) DA [20260102]
        (0008,0030) TM [030405]
        (0008,0050) SH [A1]
        (0008,0090) PN (no value available)
        (0010,0010) PN [Interop^{file.Name}]
        (0010,0020) LO [ID-{file.Name}]
        (0010,0030) DA (no value available)
        (0010,0040) CS [O]
        (0020,000d) UI [{file.StudyUid}]
        (0020,000e) UI [{file.SeriesUid}]
        (0020,0010) SH [1]
        (0020,0011) IS [1]
        (0020,0013) IS [1]

        """;

    private static string Monochrome(string modality, int rows, int columns, TemporaryFolder folder, string name) => $"""
        (0008,0060) CS [{modality}]
        (0009,0010) LO [SPECGEN INTEROP]
        (0009,1001) OB 01\02\03\04
        (0028,0002) US 1
        (0028,0004) CS [MONOCHROME2]
        (0028,0010) US {rows}
        (0028,0011) US {columns}
        (0028,0100) US 16
        (0028,0101) US 12
        (0028,0102) US 11
        (0028,0103) US 0
        (0028,1052) DS [-1024]
        (0028,1053) DS [1]
        (7fe0,0010) OW ={Pixels(folder, name, rows * columns, twelveBits: true)}

        """;

    private static string TrueColor(TemporaryFolder folder, string name) => $"""
        (0008,0060) CS [OT]
        (0008,0064) CS [SYN]
        (0018,1063) DS [40]
        (0028,0002) US 3
        (0028,0004) CS [RGB]
        (0028,0006) US 0
        (0028,0008) IS [7]
        (0028,0009) AT (0018,1063)
        (0028,0010) US 64
        (0028,0011) US 64
        (0028,0100) US 8
        (0028,0101) US 8
        (0028,0102) US 7
        (0028,0103) US 0
        (7fe0,0010) OB ={Pixels(folder, name, 7 * 64 * 64 * 3 / 2, twelveBits: false)}

        """;

    // Nested sequences.
    private static string Enhanced(TemporaryFolder folder, string name)
    {
        var frames = new StringBuilder();
        for (var frame = 1; frame <= 4; frame++)
        {
            frames.Append(CultureInfo.InvariantCulture, $"""
                (fffe,e000) na
                (0020,9111) SQ
                (fffe,e000) na
                (0020,9157) UL 1\{frame}
                (fffe,e00d) na
                (fffe,e0dd) na
                (0020,9113) SQ
                (fffe,e000) na
                (0020,0032) DS [0\0\{frame}]
                (fffe,e00d) na
                (fffe,e0dd) na
                (fffe,e00d) na

                """);
        }
        return $"""
            (0008,0060) CS [MR]
            (0028,0002) US 1
            (0028,0004) CS [MONOCHROME2]
            (0028,0008) IS [4]
            (0028,0010) US 64
            (0028,0011) US 64
            (0028,0100) US 16
            (0028,0101) US 12
            (0028,0102) US 11
            (0028,0103) US 0
            (5200,9230) SQ
            {frames}(fffe,e0dd) na
            (7fe0,0010) OW ={Pixels(folder, name, 4 * 64 * 64, twelveBits: true)}

            """;
    }

    private static string Pixels(TemporaryFolder folder, string name, int words, bool twelveBits)
    {
        var path = folder[name + ".raw"];
        var bytes = new byte[words * 2];
        for (var i = 0; i < words; i++)
        {
            var value = (i * 7) ^ (i >> 5);
            bytes[2 * i] = (byte)value;
            bytes[(2 * i) + 1] = (byte)(twelveBits ? (value >> 8) & 0x0F : value >> 3);
        }
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static async Task<TestFile> PdfAsync()
    {
        var file = Identity(s_folder, "pdf", EncapsulatedPdfStorage);
        await File.WriteAllTextAsync(s_folder["pdf.pdf"], Pdf, Encoding.ASCII);
        await Tool.OutputAsync("pdf2dcm", "+t", "Interop", "+pn", "Interop^pdf", "+pi", "ID-pdf",
            "-k", $"0020,000d={file.StudyUid}", "-k", $"0020,000e={file.SeriesUid}", "-k", $"0008,0018={file.InstanceUid}", s_folder["pdf.pdf"], file.Path);
        return file;
    }

    private static async Task<TestFile> CompressAsync(TestFile source, string name, string tool, params string[] options)
    {
        var file = Identity(s_folder, name, source.SopClassUid);
        await Tool.OutputAsync(tool, [.. options, source.Path, file.Path]);
        // The same pixels in another instance: an identity of its own.
        await Tool.OutputAsync("dcmodify", "-nb", "-m", $"0020,000d={file.StudyUid}", "-m", $"0020,000e={file.SeriesUid}", "-m", $"0008,0018={file.InstanceUid}", file.Path);
        return file;
    }

    // The smallest document that a PDF reader opens.
    private const string Pdf = """
        %PDF-1.4
        1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
        2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
        3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 72 72] >> endobj
        xref
        0 4
        0000000000 65535 f 
        0000000009 00000 n 
        0000000058 00000 n 
        0000000115 00000 n 
        trailer << /Size 4 /Root 1 0 R >>
        startxref
        182
        %%EOF

        """;
}
