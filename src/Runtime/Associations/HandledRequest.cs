namespace Specgen.Associations;

/// <summary>What became of a request.</summary>
/// <param name="Operation">Null for a command field that the standard does not know.</param>
/// <param name="SopClass">Null when it is not served.</param>
/// <param name="Binding">Whose statuses count; null when it is not served.</param>
/// <param name="Answer">The last response.</param>
internal readonly record struct HandledRequest(DimseOperation? Operation, SopClass? SopClass, ServiceBinding? Binding, DimseResponse Answer)
{
    public string SopInstanceUid { get; init; } = "";

    /// <summary>The SOP Instance UID was made here (N-CREATE).</summary>
    public bool IsUidAssigned { get; init; }

    /// <summary>Of a C-MOVE or C-GET that got that far.</summary>
    public Suboperations? Suboperations { get; init; }

    /// <summary>What the handler saw; null where none was called.</summary>
    public DimseContext? Context { get; init; }

    public StatusCategory Category => (Operation is { } operation ? Binding?.FindStatus(operation, Answer.Status)?.Category : null) ?? StatusCategories.Of(Answer.Status);
}
