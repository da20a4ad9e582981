using Archive.Storage;
using FellowOakDicom;
using Specgen;
using Specgen.Standard;

namespace Archive;

/// <summary>What identifiers of queries and retrievals have to have, and how those are refused that have it not.</summary>
internal static class Identifiers
{
    public const string Related = "Error Comment (0000,0902), Offending Element (0000,0901)";

    /// <summary>The level of an identifier, in which each level above is named by one value of its unique key (PS3.4 §C.4.1.2.1, §C.4.2.2.1).</summary>
    public static QueryLevel? LevelOf(SopClass sopClass, string? name, DicomDataset identifier, out (string Words, DicomTag Tag) problem)
    {
        var isPatientRoot = sopClass.Uid is SopClassUids.PatientRootQueryRetrieveInformationModelFind or SopClassUids.PatientRootQueryRetrieveInformationModelMove or SopClassUids.PatientRootQueryRetrieveInformationModelGet;
        var levels = QueryLevel.All.Skip(isPatientRoot ? 0 : 1).ToList();
        if (levels.Find(level => level.Name == name) is not { } wanted)
        {
            problem = ($"Level is one of {string.Join(", ", levels.Select(static l => l.Name))}", DicomTag.QueryRetrieveLevel);
            return null;
        }
        foreach (var above in levels.TakeWhile(level => level != wanted))
        {
            if (!identifier.TryGetValues<string>(above.Key, out var keys) || keys.Length != 1 || keys[0].Length == 0 || keys[0].AsSpan().IndexOfAny('*', '?') >= 0)
            {
                problem = ($"{above.Key.DictionaryEntry.Name} with one value is needed at level {name}", above.Key);
                return null;
            }
        }
        problem = default;
        return wanted;
    }

    public static DimseResult<TStatus> Refuse<TStatus>(TStatus status, (string Words, DicomTag Tag) problem)
        where TStatus : struct, Enum =>
        new(status) { ErrorComment = problem.Words, OffendingElements = [problem.Tag] };
}
