namespace Specgen;

/// <summary>A request that was answered.</summary>
/// <param name="Operation">The DIMSE service.</param>
/// <param name="SopClass">The SOP class.</param>
/// <param name="SopInstanceUid">The SOP instance; empty for C-ECHO.</param>
/// <param name="Status">The status of the (last) response.</param>
/// <param name="Category">The category of that status in the service class's own table.</param>
/// <param name="Bytes">Bytes of the encoded data set that came with the request.</param>
/// <param name="Duration">From the command being received to the response being sent.</param>
public readonly record struct CompletedRequest(
    DimseOperation Operation, SopClass SopClass, string SopInstanceUid, ushort Status, StatusCategory Category, long Bytes, TimeSpan Duration);
