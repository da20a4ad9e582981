using Specgen.Associations;

namespace Specgen.Conformance;

/// <summary>The rows of a status table: those of the service class's page, and what the author and the runtime say about them.</summary>
internal static class StatusRows
{
    public const string ErrorComment = "Error Comment (0000,0902)";

    public static ConformanceStatusTable Of(ServiceBinding binding, DimseOperation operation, bool isSent)
    {
        var said = binding.StatusNotes.Where(n => n.Operation == operation && n.IsSent == isSent).ToList();
        var notes = isSent ? [.. said, .. OfTheRuntime(binding, operation)] : said;
        var rows = Page(binding, operation);
        foreach (var code in notes.Where(n => n.Status is not null && !rows.Exists(r => r.First == n.Status)).Select(static n => n.Status!.Value).Distinct())
        {
            // One code of a range, one that every service may answer with, or the implementation's own.
            var found = binding.FindStatus(operation, code);
            rows.Add(new Row(code, code, found?.Category ?? StatusCategories.Of(code), found?.Description ?? AnnexN.General(code) ?? "Implementation's own"));
        }

        var others = said.Find(static n => n.Status is null)?.Text;
        var result = rows.OrderBy(static r => r.Category).ThenBy(static r => r.First).ThenByDescending(static r => r.Last).Select(row =>
        {
            var own = notes.Where(n => n.Status == row.First).ToList();
            var text = string.Join(" ", own.Select(static n => Sentence(n.Text)));
            text = text.Length > 0 ? text
                : isSent ? said.Count > 0 ? ServiceContent.NotSent : ""
                : others is not null ? "As other status codes." : "";
            return new ConformanceStatusRow(
                row.First, row.Last, row.Category, row.Meaning, text, string.Join(", ", own.SelectMany(static n => n.RelatedFields.Split(", ")).Where(static f => f.Length > 0).Distinct()),
                AnnexN.Misprint(binding.ServiceClass, operation, binding.Role, row.First));
        }).ToList();
        if (!isSent)
        {
            result.Add(new ConformanceStatusRow(null, null, null, "Other Status Codes", Sentence(others ?? ""), "", null));
        }

        return new ConformanceStatusTable(operation, binding.Role, isSent, result);
    }

    /// <summary>The page's rows, out of what it says about each code: codes of one meaning are a row, a range where what lies between has a row of its own.</summary>
    private static List<Row> Page(ServiceBinding binding, DimseOperation operation)
    {
        var rows = new List<Row>();
        var last = new Dictionary<(StatusCategory, string), int>();
        var undefined = -1;
        for (var code = 0; code <= ushort.MaxValue; code++)
        {
            if (binding.FindStatus(operation, (ushort)code) is not { } status)
            {
                undefined = code;
                continue;
            }

            var meaning = status.Implementation is null ? status.Description : $"{status.Description} ({status.Implementation})";
            if (last.TryGetValue((status.Category, meaning), out var index) && rows[index].Last > undefined)
            {
                rows[index] = rows[index] with { Last = (ushort)code };
            }
            else
            {
                last[(status.Category, meaning)] = rows.Count;
                rows.Add(new Row((ushort)code, (ushort)code, status.Category, meaning));
            }
        }

        return rows;
    }

    /// <summary>What the runtime answers itself.</summary>
    private static IEnumerable<StatusNote> OfTheRuntime(ServiceBinding binding, DimseOperation operation)
    {
        if (ReferenceEquals(binding, VerificationProvider.Instance.Bindings[0]))
        {
            yield break;
        }

        StatusNote Note(ushort status, string text, string related = ErrorComment) => new(operation, true, status, text, related);

        if (operation is DimseOperation.CFind or DimseOperation.CMove or DimseOperation.CGet)
        {
            yield return Note(StatusPolicy.Cancelled, "The peer has cancelled the request (C-CANCEL)", "");
            yield return Note(StatusPolicy.Pending, operation == DimseOperation.CFind ? "A match" : "Sub-operations go on", "");
            yield return Note(StatusPolicy.Success, operation == DimseOperation.CFind ? "All matches have been sent" : "All sub-operations have succeeded", "");
        }

        yield return Note(StatusPolicy.NotServed(operation, "").Status, "The request is of another SOP class, or another role, than its presentation context");
        if (operation is DimseOperation.CMove or DimseOperation.CGet)
        {
            yield return Note(0xB000, "Some of the sub-operations have failed, or have ended with a warning");
            yield return Note(0xA702, "None of the sub-operations has succeeded");
        }

        if (operation == DimseOperation.CMove)
        {
            yield return Note(0xA801, "The destination is not configured");
        }

        if ((operation == DimseOperation.NAction ? binding.ActionTypes : operation == DimseOperation.NEventReport ? binding.EventTypes : null) is not null)
        {
            yield return Note(operation == DimseOperation.NAction ? StatusPolicy.NoSuchActionType : StatusPolicy.NoSuchEventType, "The type is none of those that are listed");
        }

        if (RequestHandler.NamesInstance(operation))
        {
            yield return Note(StatusPolicy.InvalidSopInstance, "The SOP Instance UID is no UID");
        }

        yield return Note(StatusPolicy.OutOfResources(binding, operation, "").Status, operation is DimseOperation.CStore or DimseOperation.CEcho or DimseOperation.NGet or DimseOperation.NDelete
            ? "Reading or writing has failed, there is no memory, or the server is being stopped"
            : "The data set is longer than the server takes, reading or writing has failed, there is no memory, or the server is being stopped");
        yield return Note(StatusPolicy.Undecodable(binding, operation, "").Status, "The data set cannot be decoded");
        yield return Note(StatusPolicy.Failure(binding, operation, "").Status, "The request could not be handled, or took longer than the server allows");
    }

    private static string Sentence(string text) => text.Length == 0 || text[^1] is '.' or '!' or '?' ? text : text + ".";

    private sealed record Row(ushort First, ushort Last, StatusCategory Category, string Meaning);
}
