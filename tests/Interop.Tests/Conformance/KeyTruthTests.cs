using System.Globalization;
using System.Text.Json;
using FellowOakDicom;
using Specgen.Interop.Tests.Data;
using Specgen.Interop.Tests.Peers;
using Specgen.Standard;

namespace Specgen.Interop.Tests.Conformance;

/// <summary>Every key that the archive's statement has is matched as it says, at its level.</summary>
[TestClass]
public sealed class KeyTruthTests
{
    private const string CT = SopClassUids.CTImageStorage, Study = "1.2.3.4", Series = "1.2.3.4.1", Instance = "1.2.3.4.1.1";
    private const string PatientRoot = SopClassUids.PatientRootQueryRetrieveInformationModelFind, StudyRoot = SopClassUids.StudyRootQueryRetrieveInformationModelFind;

    private static readonly DicomDataset s_instance = new DicomDataset().NotValidated()
        .Add(DicomTag.SOPClassUID, CT).Add(DicomTag.SOPInstanceUID, Instance).Add(DicomTag.StudyInstanceUID, Study).Add(DicomTag.SeriesInstanceUID, Series)
        .Add(DicomTag.StudyDate, "20250102").Add(DicomTag.SeriesDate, "20250103").Add(DicomTag.AcquisitionDate, "20250104").Add(DicomTag.ContentDate, "20250105").Add(DicomTag.StudyTime, "101112")
        .Add(DicomTag.SeriesTime, "111112").Add(DicomTag.AcquisitionTime, "121112").Add(DicomTag.ContentTime, "131112").Add(DicomTag.AccessionNumber, "ACC77").Add(DicomTag.Modality, "CT")
        .Add(DicomTag.ReferringPhysicianName, "Ref^Doc").Add(DicomTag.StudyDescription, "Head study").Add(DicomTag.SeriesDescription, "Axial one").Add(DicomTag.PatientName, "Doe^Jane").Add(DicomTag.PatientID, "PID9")
        .Add(DicomTag.IssuerOfPatientID, "ISS1").Add(DicomTag.PatientBirthDate, "19700102").Add(DicomTag.PatientSex, "F").Add(DicomTag.PatientAge, "055Y").Add(DicomTag.PatientSize, "1.7")
        .Add(DicomTag.PatientWeight, "70").Add(DicomTag.BodyPartExamined, "HEAD").Add(DicomTag.ProtocolName, "PROTO").Add(DicomTag.StudyID, "ST1").Add(DicomTag.SeriesNumber, "3")
        .Add(DicomTag.InstanceNumber, "7").Add(DicomTag.Laterality, "L").Add(DicomTag.NumberOfFrames, "1").Add(DicomTag.PerformedProcedureStepStartDate, "20250106")
        .Add(DicomTag.PerformedProcedureStepStartTime, "141112");

    /// <summary>What the archive counts.</summary>
    private static readonly Dictionary<DicomTag, string> s_counted = new()
    {
        [DicomTag.NumberOfPatientRelatedStudies] = "1",
        [DicomTag.NumberOfStudyRelatedSeries] = "1",
        [DicomTag.NumberOfStudyRelatedInstances] = "1",
        [DicomTag.NumberOfSeriesRelatedInstances] = "1",
        [DicomTag.ModalitiesInStudy] = "CT",
        [DicomTag.RetrieveAETitle] = ArchiveProcess.AETitle,
    };

    [TestMethod]
    public async Task KeysOfTheArchive_AreMatchedAsTheStatementSays()
    {
        using var folder = new TemporaryFolder();
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(await SampleStatementTests.WriteAsync(folder, "archive", "json")));
        await using var archive = await ArchiveProcess.StartAsync(folder.Sub("instances"));
        using var talk = await Talk.OpenAsync(archive.Port, ArchiveProcess.AETitle, [CT, PatientRoot, StudyRoot]);
        Assert.AreEqual(0, (await talk.AskAsync(DimseOperation.CStore, CT, Talk.Bytes(s_instance), Instance)).Single());

        var keys = json.RootElement.GetProperty("entities")[0].GetProperty("services").EnumerateArray().SelectMany(static s => s.GetProperty("keys").EnumerateArray()).ToList();
        Assert.IsGreaterThan(50, keys.Count);
        var wrong = new List<string>();
        foreach (var key in keys)
        {
            var (level, tag) = (key.GetProperty("level").GetString()!, DicomTag.Parse(key.GetProperty("tag").GetString()!));
            var matching = key.GetProperty("matching").EnumerateArray().Select(static m => m.GetString()!).ToList();
            foreach (var (asked, matches) in Queries(matching, tag, s_counted.TryGetValue(tag, out var counted) ? counted : s_instance.GetString(tag)))
            {
                var identifier = Above(level).NotValidated().Add(DicomTag.QueryRetrieveLevel, level).AddOrUpdate(tag, asked);
                var answers = await talk.AskAsync(DimseOperation.CFind, level == "PATIENT" ? PatientRoot : StudyRoot, Talk.Bytes(identifier));
                if (!answers.SequenceEqual(Enumerable.Repeat((ushort)0xFF00, matches).Append((ushort)0)))
                {
                    wrong.Add($"{level} {tag} '{asked}': {string.Join(' ', answers.Select(static s => s.ToString("X4", CultureInfo.InvariantCulture)))}");
                }
            }
        }

        Assert.AreEqual("", string.Join("\n", wrong));
    }

    /// <summary>For each way of matching a value that matches, and for all but the universal one a value that does not.</summary>
    private static IEnumerable<(string Asked, int Matches)> Queries(List<string> matching, DicomTag tag, string value)
    {
        var vr = tag.DictionaryEntry.ValueRepresentations[0].Code;
        foreach (var way in matching)
        {
            (string, int)[] asked = way switch
            {
                "UNIVERSAL" when tag != DicomTag.StudyInstanceUID && tag != DicomTag.SeriesInstanceUID => [("", 1)],
                "SINGLE_VALUE" => [(value, 1), (vr switch { "DA" => "19000101", "TM" => "235959", "UI" => "1.2.9", "IS" or "DS" => "9", _ => "ZZZZ" }, 0)],
                "UID" when tag != DicomTag.StudyInstanceUID && tag != DicomTag.SeriesInstanceUID => [("1.2.9\\" + value, 1)],
                "WILDCARD" => [(value[..^1] + "*", 1), ("?" + value[1..], 1), ("Q*", 0)],
                "RANGE" => [(value + "-", 1), (vr == "DA" ? "-19000101" : "-000001", 0)],
                _ => [],
            };
            foreach (var query in asked)
            {
                yield return query;
            }
        }
    }

    /// <summary>The unique keys of the levels above.</summary>
    private static DicomDataset Above(string level) => level switch
    {
        "SERIES" => new DicomDataset { { DicomTag.StudyInstanceUID, Study } },
        "IMAGE" => new DicomDataset { { DicomTag.StudyInstanceUID, Study }, { DicomTag.SeriesInstanceUID, Series } },
        _ => [],
    };
}
