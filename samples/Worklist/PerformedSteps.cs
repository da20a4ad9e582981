using FellowOakDicom;
using Specgen;

namespace Worklist;

/// <summary>Performed procedure steps, a JSON file each in the folder <c>performed</c>.</summary>
internal sealed class PerformedSteps(string root)
{
    public const string InProgress = "IN PROGRESS";

    private readonly string _folder = Directory.CreateDirectory(Path.Combine(Path.GetFullPath(root), "performed")).FullName;
    private readonly Lock _lock = new();

    /// <summary>False when there is one of that UID already.</summary>
    public bool TryCreate(string uid, DicomDataset step)
    {
        lock (_lock)
        {
            if (File.Exists(PathOf(uid)))
            {
                return false;
            }
            Write(uid, step);
            return true;
        }
    }

    /// <summary>Changes a step, if the change is allowed: what <paramref name="refuse"/> says of the step as it is, is given back, and null when it was changed.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that UID.</exception>
    public T? Change<T>(string uid, DicomDataset modifications, Func<DicomDataset, T?> refuse)
        where T : struct
    {
        lock (_lock)
        {
            var step = InstanceIdentity.IsUid(uid) && File.Exists(PathOf(uid)) ? JsonDataSet.Read(File.ReadAllText(PathOf(uid))) : throw new KeyNotFoundException(uid);
            if (refuse(step) is { } refusal)
            {
                return refusal;
            }
            Write(uid, step.AddOrUpdate(modifications));
            return null;
        }
    }

    /// <summary>Scheduled steps that were begun: study and scheduled procedure step ID, and the status of what was performed for them.</summary>
    public IReadOnlyDictionary<(string Study, string Id), string> Begun()
    {
        lock (_lock)
        {
            return Directory.EnumerateFiles(_folder, "*.json")
                .Select(static path => JsonDataSet.Read(File.ReadAllText(path)))
                .SelectMany(static step => Scheduled(step).Select(item => (Key: KeyOf(item, item), Status: StatusOf(step) ?? "")))
                .GroupBy(static pair => pair.Key)
                .ToDictionary(static group => group.Key, static group => group.Last().Status);
        }
    }

    /// <summary>What a scheduled step is known by when it has been begun: its study, and its own ID.</summary>
    public static (string Study, string Id) KeyOf(DicomDataset study, DicomDataset step) =>
        (study.GetSingleValueOrDefault(DicomTag.StudyInstanceUID, ""), step.GetSingleValueOrDefault(DicomTag.ScheduledProcedureStepID, ""));

    public static string? StatusOf(DicomDataset step) => step.TryGetSingleValue<string>(DicomTag.PerformedProcedureStepStatus, out var status) ? status : null;

    private static IEnumerable<DicomDataset> Scheduled(DicomDataset step) => step.TryGetSequence(DicomTag.ScheduledStepAttributesSequence, out var scheduled) ? scheduled.Items : [];

    private string PathOf(string uid) => Path.Combine(_folder, uid + ".json");

    // Whole or not at all.
    private void Write(string uid, DicomDataset step)
    {
        var draft = PathOf(uid) + ".draft";
        File.WriteAllText(draft, JsonDataSet.Write(step));
        File.Move(draft, PathOf(uid), overwrite: true);
    }
}
