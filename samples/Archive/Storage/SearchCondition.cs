using FellowOakDicom;
using Specgen;

namespace Archive.Storage;

/// <summary>
/// What of an identifier the database can decide, with an index: unique keys, how texts and names begin, ranges of dates. It gives all that matches, and more; the rest is decided row by row.
/// </summary>
internal sealed class SearchCondition
{
    private readonly List<string> _conditions;
    private readonly List<(string Name, object Value)> _parameters = [];
    private readonly SqlDialect _dialect;

    private SearchCondition(SqlDialect dialect, string table) => (_dialect, _conditions) = (dialect, [dialect.Wanted(table + ".id")]);

    public static (string Sql, List<(string Name, object Value)> Parameters) Of(QueryLevel level, IReadOnlyList<QueryKey> keys, SqlDialect dialect)
    {
        var condition = new SearchCondition(dialect, level == QueryLevel.Patient ? QueryLevel.Study.Table : level.Table);
        condition.Study(keys);
        if (level == QueryLevel.Patient)
        {
            // Also one whose studies have all become somebody else's is nobody any more.
            return ($"patient.id IN (SELECT study.patient FROM study WHERE {condition})", condition._parameters);
        }
        if (level == QueryLevel.Study && Single(keys, DicomTag.ModalitiesInStudy) is { } modality && SearchKey.Range(modality) is { } range)
        {
            condition._conditions.Add($"EXISTS (SELECT 1 FROM series WHERE series.study = study.id AND {condition.Between("series.modality", range)})");
        }
        if (level != QueryLevel.Study)
        {
            condition.Uids(keys, DicomTag.SeriesInstanceUID, "series.uid");
            condition.Text(keys, DicomTag.Modality, "series.modality");
        }
        if (level == QueryLevel.Image)
        {
            condition.Uids(keys, DicomTag.SOPInstanceUID, "instance.uid");
            condition.Uids(keys, DicomTag.SOPClassUID, "instance.sop_class");
        }
        return (condition.ToString(), condition._parameters);
    }

    /// <summary>The unique keys of a retrieval, of instances.</summary>
    public static (string Sql, List<(string Name, object Value)> Parameters) OfUniqueKeys(DicomDataset keys, SqlDialect dialect)
    {
        var condition = new SearchCondition(dialect, QueryLevel.Image.Table);
        condition.Patient(keys);
        condition.Uids(Values(keys, DicomTag.StudyInstanceUID), "study.uid");
        condition.Uids(Values(keys, DicomTag.SeriesInstanceUID), "series.uid");
        condition.Uids(Values(keys, DicomTag.SOPInstanceUID), "instance.uid");
        return (condition.ToString(), condition._parameters);
    }

    public override string ToString() => string.Join(" AND ", _conditions);

    private void Study(IReadOnlyList<QueryKey> keys)
    {
        Uids(keys, DicomTag.StudyInstanceUID, "study.uid");
        Text(keys, DicomTag.PatientID, "study.patient_id");
        Text(keys, DicomTag.AccessionNumber, "study.accession_number");
        Text(keys, DicomTag.StudyID, "study.study_id");
        Date(keys, DicomTag.StudyDate, "study.date");
        Date(keys, DicomTag.PatientBirthDate, "study.birth_date");
        if (Single(keys, DicomTag.PatientName) is { } name && SearchKey.NameRange(name) is var (from, to))
        {
            _conditions.Add($"study.id IN (SELECT person.study FROM person WHERE person.name >= {Parameter(from)} AND person.name <= {Parameter(to)})");
        }
    }

    /// <summary>Patients by their ID, and by who issued it where that is said: an identity is the one, a backslash, the other.</summary>
    private void Patient(DicomDataset keys)
    {
        if (Values(keys, DicomTag.PatientID) is { Length: > 0 } ids)
        {
            var issuer = Values(keys, DicomTag.IssuerOfPatientID) is [var one] ? one : null;
            var identities = ids.Select(id => issuer is null
                ? $"(patient.identity >= {Parameter(id + '\\')} AND patient.identity < {Parameter(id + ']')})"
                : $"patient.identity = {Parameter($"{id}\\{issuer}")}");
            _conditions.Add($"study.patient IN (SELECT patient.id FROM patient WHERE {string.Join(" OR ", identities)})");
        }
    }

    private void Text(IReadOnlyList<QueryKey> keys, DicomTag tag, string column)
    {
        if (Single(keys, tag) is { } text && SearchKey.Range(text) is { } range)
        {
            _conditions.Add(Between(column, range));
        }
    }

    private void Date(IReadOnlyList<QueryKey> keys, DicomTag tag, string column)
    {
        if (keys.FirstOrDefault(key => key.Tag == tag) is { Ranges: [var range] })
        {
            // To the day; what has no digits for one is a candidate for every key.
            _conditions.Add(Between(column, (range.From[..Math.Min(8, range.From.Length)], range.To[..Math.Min(8, range.To.Length)])));
        }
    }

    private void Uids(IReadOnlyList<QueryKey> keys, DicomTag tag, string column) =>
        Uids(keys.FirstOrDefault(key => key.Tag == tag) is { Kind: MatchingKind.SingleValue or MatchingKind.ListOfValues } key ? [.. key.Values] : [], column);

    private void Uids(string[] values, string column)
    {
        if (values.Length > 0)
        {
            // No UID has a NUL, and no text of a database.
            _conditions.Add(_dialect.In(column, Parameter(_dialect.List(values.Where(static value => !value.Contains('\0', StringComparison.Ordinal))))));
        }
    }

    private string Between(string column, (string From, string To) range) => range.From == range.To
        ? $"{column} IN ({Parameter(range.From)}, {Parameter(SearchKey.Several)})"
        : $"({column} BETWEEN {Parameter(range.From)} AND {Parameter(range.To)} OR {column} = {Parameter(SearchKey.Several)})";

    private string Parameter(object value)
    {
        var name = $"@p{_parameters.Count}";
        _parameters.Add((name, value is string text ? text.Replace("\0", "", StringComparison.Ordinal) : value));
        return name;
    }

    /// <summary>The value of a key that has one; lists match by any of theirs, which is left to the matching row by row.</summary>
    private static string? Single(IReadOnlyList<QueryKey> keys, DicomTag tag) =>
        keys.FirstOrDefault(key => key.Tag == tag) is { Kind: MatchingKind.SingleValue or MatchingKind.WildCard, Values: [var value] } ? value : null;

    private static string[] Values(DicomDataset keys, DicomTag tag) =>
        keys.TryGetValues<string>(tag, out var values) ? [.. values.Select(static value => value.Trim('\0', ' ')).Where(static value => value.Length > 0)] : [];
}
