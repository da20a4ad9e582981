namespace Specgen.Wire;

/// <summary>What <see cref="PduReader"/> finds in the bytes, in their order.</summary>
internal interface IPduEvents
{
    /// <summary>The header of a PDU has come: may it come now, and is it wanted?</summary>
    /// <param name="type">Its type.</param>
    /// <param name="malformed">What is wrong with the header itself, if anything.</param>
    /// <param name="isIgnored">The PDU is skipped.</param>
    Violation? BeginPdu(byte type, Violation? malformed, out bool isIgnored);

    /// <summary>A whole PDU that is not P-DATA-TF.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="body">What is behind its header.</param>
    Violation? Pdu(byte type, ReadOnlySpan<byte> body);

    /// <summary>A fragment of a message begins (PS3.8 E.2).</summary>
    Violation? BeginFragment(byte contextId, byte control);

    /// <summary>A piece of the fragment; may be called any number of times.</summary>
    Violation? Fragment(ReadOnlySpan<byte> bytes);

    /// <summary>The fragment is complete.</summary>
    Violation? EndFragment();
}
