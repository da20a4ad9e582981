namespace Specgen;

/// <summary>An object that requests DIMSE services over an association of its own. Implemented by the generated part of every [Scu] class.</summary>
public interface IDimseUser : IDimseHandlers, IAsyncDisposable
{
    /// <summary>Opens the association that this object sends its requests over. Disposing this object releases it.</summary>
    /// <param name="options">Where to, as whom, and what to propose.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <exception cref="InvalidOperationException">The association of an earlier call is still open.</exception>
    /// <exception cref="AssociationException">The peer cannot be reached, rejects the association, aborts it or does not answer in time.</exception>
    ValueTask<ScuAssociation> ConnectAsync(ScuOptions options, CancellationToken cancellationToken = default);
}
