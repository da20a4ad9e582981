namespace Specgen;

/// <summary>
/// A service class of the standard (PS3.4) or of a page of the user's own. Implemented by generated types, one for each page; they are
/// the type arguments of <see cref="ScpAttribute{T}"/> and <see cref="ScuAttribute{T}"/>.
/// </summary>
public interface IServiceClass
{
    /// <summary>The page's title, <c>Storage Commitment Service Class</c>.</summary>
    static abstract string Name { get; }

    /// <summary>The SOP classes of the page, in its order.</summary>
    static abstract IReadOnlyList<SopClass> SopClasses { get; }

    /// <summary>The DIMSE services of the page, in its order.</summary>
    static abstract IReadOnlyList<DimseService> Services { get; }

    /// <summary>The SOP class of this UID, or <see langword="null"/> when the page does not list it.</summary>
    /// <param name="uid">A UID in its dotted form, without padding.</param>
    static abstract SopClass? FindSopClass(string uid);

    /// <summary>What the page says about a status, or <see langword="null"/> when neither a row nor a range contains the code. A more exact row wins over a range.</summary>
    /// <param name="operation">The DIMSE service that the status answers.</param>
    /// <param name="code">The Status element (0000,0900).</param>
    static abstract StatusInfo? FindStatus(DimseOperation operation, ushort code);
}
