using System.CommandLine;
using FellowOakDicom;
using Specgen.Standard;

namespace Specgen.Tool.Network;

/// <summary>At which level of which information model is asked (PS3.4 §C.6).</summary>
internal sealed class QueryScope
{
    private static readonly DicomTag[] s_uniqueKeys = [DicomTag.PatientID, DicomTag.StudyInstanceUID, DicomTag.SeriesInstanceUID, DicomTag.SOPInstanceUID];
    private static readonly string[] s_levels = ["PATIENT", "STUDY", "SERIES", "IMAGE"];

    private readonly Argument<string> _level = new("level") { Description = "PATIENT, STUDY, SERIES or IMAGE" };
    private readonly Option<bool> _patientRoot = new("--patient-root") { Description = "Use the Patient Root model; the default is the Study Root model, except for PATIENT" };

    public QueryScope(Command command, params string[] moreLevels)
    {
        string[] levels = [.. s_levels, .. moreLevels];
        _level.Description = string.Join(", ", levels[..^1]) + " or " + levels[^1];
        _level.Validators.Add(result =>
        {
            var level = result.GetValueOrDefault<string>();
            if (!levels.Contains(level, StringComparer.OrdinalIgnoreCase))
            {
                result.AddError($"'{level}' is not a level: {_level.Description}.");
            }
        });
        command.Add(_level);
        command.Add(_patientRoot);
    }

    public string Level(ParseResult line) => line.GetRequiredValue(_level).ToUpperInvariant();

    public bool IsPatientRoot(ParseResult line) => line.GetValue(_patientRoot) || Level(line) == "PATIENT";

    /// <summary>The identifier of a retrieval: the level, and the keys that say what.</summary>
    /// <exception cref="ArgumentException">The unique key of the level has no value (PS3.4 §C.4.2.1.4).</exception>
    public DicomDataset Retrieval(ParseResult line, IEnumerable<string> keys)
    {
        var identifier = QueryIdentifier.Of(keys).AddOrUpdate(DicomTag.QueryRetrieveLevel, Level(line));
        var unique = s_uniqueKeys[Array.IndexOf(s_levels, Level(line))];
        return identifier.TryGetString(unique, out var value) && value.Length > 0
            ? identifier.Remove(DicomTag.SpecificCharacterSet)
            : throw new ArgumentException($"At the level {Level(line)}, say what is to be retrieved with {QueryIdentifier.Name(unique)}=….");
    }

    public SopClass Find(ParseResult line) => IsPatientRoot(line) ? SopClasses.PatientRootQueryRetrieveInformationModelFind : SopClasses.StudyRootQueryRetrieveInformationModelFind;

    public SopClass Move(ParseResult line) => IsPatientRoot(line) ? SopClasses.PatientRootQueryRetrieveInformationModelMove : SopClasses.StudyRootQueryRetrieveInformationModelMove;

    public SopClass Get(ParseResult line) => IsPatientRoot(line) ? SopClasses.PatientRootQueryRetrieveInformationModelGet : SopClasses.StudyRootQueryRetrieveInformationModelGet;
}

/// <summary>Query and retrieval by both information models.</summary>
[Scu<QueryRetrieveServiceClass>(SopClasses =
[
    SopClassUids.PatientRootQueryRetrieveInformationModelFind, SopClassUids.PatientRootQueryRetrieveInformationModelMove, SopClassUids.PatientRootQueryRetrieveInformationModelGet,
    SopClassUids.StudyRootQueryRetrieveInformationModelFind, SopClassUids.StudyRootQueryRetrieveInformationModelMove, SopClassUids.StudyRootQueryRetrieveInformationModelGet,
])]
internal sealed partial class QueryUser;
