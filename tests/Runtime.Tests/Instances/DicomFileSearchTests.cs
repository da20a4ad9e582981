using System.Diagnostics;
using FellowOakDicom;
using Specgen.Instances;

namespace Specgen.Runtime.Tests.Instances;

/// <summary>What may lie in a folder that somebody names, besides DICOM files.</summary>
[TestClass]
public sealed class DicomFileSearchTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("specgen-search").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void Files_are_found_below_folders_in_order()
    {
        Make("b/2.dcm");
        Make("b/1");
        Make("a/deep/er/image.dcm");
        Make("c.dcm");
        File.WriteAllText(Path.Combine(_folder, "read.me"), new string('x', 500));
        File.WriteAllText(Path.Combine(_folder, "empty.dcm"), "");

        var search = DicomFileSearch.Find([_folder]);

        CollectionAssert.AreEqual(new[] { "c.dcm", "a/deep/er/image.dcm", "b/1", "b/2.dcm" }, Names(search));
        Assert.AreEqual("1.2.3", search.Files[0].Header.SopInstanceUid);
        Assert.AreEqual(2, search.Others);
        Assert.IsEmpty(search.Problems);
    }

    [TestMethod]
    public void What_is_named_itself_and_is_no_DICOM_file_is_a_problem()
    {
        var (text, empty, missing) = (Path.Combine(_folder, "text"), Path.Combine(_folder, "empty"), Path.Combine(_folder, "missing"));
        File.WriteAllText(text, "no DICOM file");
        File.WriteAllText(empty, "");

        var search = DicomFileSearch.Find([text, Make("image.dcm"), empty, missing]);

        CollectionAssert.AreEqual(new[] { "image.dcm" }, Names(search));
        Assert.HasCount(3, search.Problems);
        foreach (var (problem, path) in search.Problems.Zip([text, empty, missing]))
        {
            StringAssert.Contains(problem, path);
        }
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    [DataRow("..", DisplayName = "a folder above")]
    [DataRow(".", DisplayName = "the folder itself")]
    [DataRow("../beside", DisplayName = "one beside it that links back")]
    [DataRow("/nowhere", DisplayName = "nothing")]
    public void No_link_leads_in_a_circle(string target)
    {
        Make("a/image.dcm");
        Make("beside/other.dcm");
        Directory.CreateSymbolicLink(Path.Combine(_folder, "a", "link"), target);
        Directory.CreateSymbolicLink(Path.Combine(_folder, "beside", "back"), "../a");

        var search = DicomFileSearch.Find([_folder]);

        CollectionAssert.AreEquivalent(new[] { "image.dcm", "other.dcm" }, search.Files.Select(static f => Path.GetFileName(f.Path)).ToArray());
        Assert.HasCount(target == "/nowhere" ? 1 : 0, search.Problems);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    [Timeout(60_000, CooperativeCancellation = false)]
    public async Task Nobody_waits_for_what_comes_through_a_pipe()
    {
        var (pipe, link) = (Path.Combine(_folder, "pipe.dcm"), Path.Combine(_folder, "link.dcm"));
        using (var make = Process.Start("mkfifo", [pipe]))
        {
            await make.WaitForExitAsync();
            Assert.AreEqual(0, make.ExitCode);
        }

        File.CreateSymbolicLink(link, pipe);
        Make("image.dcm");

        var search = DicomFileSearch.Find([_folder, "/dev/zero"]);

        CollectionAssert.AreEqual(new[] { "image.dcm" }, Names(search));
        Assert.AreEqual(2, search.Others);
        Assert.HasCount(1, search.Problems);
        await Assert.ThrowsAsync<DicomDataException>(async () => await DicomFiles.OpenAsync(pipe));
        Assert.Throws<DicomDataException>(() => DicomFiles.Identify(link));
    }

    private string[] Names(DicomFileSearch search) => [.. search.Files.Select(file => Path.GetRelativePath(_folder, file.Path).Replace('\\', '/'))];

    private string Make(string name)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, Part10Header.Create("1.2.840.10008.5.1.4.1.1.2"u8, "1.2.3"u8, DicomUID.ExplicitVRLittleEndian.UID, "TEST"));
        return path;
    }
}
