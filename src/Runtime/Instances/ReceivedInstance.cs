using System.Buffers;
using FellowOakDicom;
using Microsoft.Win32.SafeHandles;
using Specgen.Handlers;
using Specgen.Wire;

namespace Specgen.Instances;

/// <summary>
/// An instance on its way from the network to its place. Small ones stay in memory until they are saved; of others a buffer's worth does, and the rest is in a file of the receive folder, to which
/// fragments go straight from the network's buffer. The file's header is written in front, so that the file only needs its name. Nothing is flushed to the disk itself: a file that was saved
/// survives the process, and a failure of the machine only when the operating system had time to write it, or the handler saw to that.
/// </summary>
internal sealed class ReceivedInstance : IDataSetSink, ICStoreReceive
{
    public const int BufferSize = 128 * 1024;

    private const int WorthAWrite = 16 * 1024;

    private readonly Func<ReceiveFolder> _folder;
    private readonly int _headerLength;
    private readonly DicomTransferSyntax _syntax;
    private readonly DataSetLimits _limits;
    private readonly MemoryLease _memory;
    private readonly IReadOnlySet<uint>? _wanted;
    private byte[] _buffer;
    private int _count;
    private SafeFileHandle? _file;
    private string? _path;
    private long _written;
    private Exception? _failure;
    private bool _isSaved;
    private bool _isTaken;
    private List<Stream>? _opened;
    private DataSetScanner? _scanner;
    private bool _isChecked;
    private InstanceHeader? _instanceHeader;

    /// <param name="folder">Where a file is made; asked when one is, for it may have to be made itself.</param>
    /// <param name="header">What the file begins with.</param>
    /// <param name="syntax">How the data set is encoded.</param>
    /// <param name="limits">What is too much of it.</param>
    /// <param name="memory">What it is charged to.</param>
    /// <param name="wanted">Elements whose values are kept.</param>
    /// <param name="observer">What is written what arrives of the data set.</param>
    public ReceivedInstance(
        Func<ReceiveFolder> folder, ReadOnlySpan<byte> header, DicomTransferSyntax syntax, DataSetLimits limits, MemoryLease memory, IReadOnlySet<uint>? wanted = null, Stream? observer = null)
    {
        _folder = folder;
        _syntax = syntax;
        _limits = limits;
        _memory = memory;
        _wanted = wanted;
        Observer = observer;
        _scanner = syntax.IsDeflate ? null : new DataSetScanner(syntax, limits, wanted: wanted);
        _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        header.CopyTo(_buffer);
        _count = _headerLength = header.Length;
    }

    public long Length { get; private set; }

    long? ICStoreReceive.Length => Length;

    public Stream? Observer { get; }

    public InstanceHeader Header
    {
        get
        {
            var identity = Identify();
            return _instanceHeader ??= new InstanceHeader(identity, _scanner!.Values);
        }
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Length += bytes.Length;
        if (_failure is not null)
        {
            return;
        }

        if (_memory.IsRefused)
        {
            _failure = NoMemoryException.Now();
            Delete();
            return;
        }

        _scanner?.Write(bytes);
        if (_scanner is { Problem: { } problem })
        {
            Refuse(RefusedDataSetException.Because(problem));
            return;
        }

        if (!TryObserve(bytes))
        {
            return;
        }

        try
        {
            if (bytes.Length <= _buffer.Length - _count && (_file is null || bytes.Length < WorthAWrite))
            {
                bytes.CopyTo(_buffer.AsSpan(_count));
                _count += bytes.Length;
                return;
            }

            WriteBuffer();
            if (bytes.Length < WorthAWrite)
            {
                bytes.CopyTo(_buffer);
                _count = bytes.Length;
                return;
            }

            RandomAccess.Write(_file!, bytes, _written);
            _written += bytes.Length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Told by SaveAsync: the message has to be read to its end.
            _failure = e;
            Delete();
        }
    }

    public InstanceIdentity Identify()
    {
        ThrowIfFailed();
        if (!_isChecked)
        {
            try
            {
                _scanner = Check();
            }
            catch (RefusedDataSetException e)
            {
                Refuse(e);
                throw;
            }

            _isChecked = true;
        }

        return _scanner!.Identity;
    }

    public ValueTask<Stream> OpenReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfFailed();
        return new ValueTask<Stream>(OpenRead(_headerLength));
    }

    public ValueTask SaveAsync(string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        path = Path.GetFullPath(path);
        var part = Finish();
        if (FileRename.TryRename(part, path))
        {
            SavedAs(path);
            return ValueTask.CompletedTask;
        }

        return CopyAsync(part, path, cancellationToken);
    }

    public string TakeFile()
    {
        var file = Finish();
        (_isSaved, _isTaken) = (true, true);
        return file;
    }

    public async ValueTask<DicomFile> OpenAsync(CancellationToken cancellationToken)
    {
        Identify();
        if (!await _memory.TakeAsync(_scanner!.DecodedLength - (_syntax.IsDeflate ? -2 * _scanner.Position : _scanner.LargeLength), cancellationToken).ConfigureAwait(false))
        {
            throw NoMemoryException.Now();
        }

        // A stream, not a path: large values are read on demand, and the file may get another name in the meantime.
        var stream = OpenRead(0);
        (_opened ??= []).Add(stream);
        return await DicomFiles.DecodeAsync(() => DicomFile.OpenAsync(stream), _scanner).ConfigureAwait(false);
    }

    public void Dispose()
    {
        foreach (var stream in _opened ?? [])
        {
            stream.Dispose();
        }

        Observer?.Dispose();
        Delete();
        if (Interlocked.Exchange(ref _buffer, []) is { Length: > 0 } buffer)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>All bytes to the file, and the file closed.</summary>
    private string Finish()
    {
        ThrowIfFailed();
        if (_isSaved)
        {
            throw new InvalidOperationException("The instance has been saved; copy its file for a second one.");
        }

        if (_file is not null || _path is null)
        {
            WriteBuffer();
            _file!.Dispose();
            _file = null;
        }

        return _path!;
    }

    private void WriteBuffer()
    {
        if (_file is null)
        {
            _path = _folder().NextPath();
            _file = Descriptors.Checked(File.OpenHandle(_path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete));
        }

        if (_count > 0)
        {
            RandomAccess.Write(_file, _buffer.AsSpan(0, _count), _written);
            _written += _count;
            _count = 0;
        }
    }

    private Stream OpenRead(int offset)
    {
        ObjectDisposedException.ThrowIf(_buffer.Length == 0, this);
        if (_isTaken)
        {
            throw new InvalidOperationException("The instance's file has been handed over, and is read where it is now.");
        }

        if (_path is null)
        {
            // Of its own: the buffer goes back when the request is answered.
            return new MemoryStream(_buffer.AsSpan(offset, _count - offset).ToArray(), writable: false);
        }

        if (_file is not null)
        {
            WriteBuffer();
        }

        return new OffsetStream(Descriptors.Checked(File.OpenHandle(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)), offset);
    }

    /// <summary>Another volume: whole under another name there, and then renamed.</summary>
    private async ValueTask CopyAsync(string part, string path, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var beside = ReceiveFolder.PathBeside(path);
        try
        {
            var source = new FileStream(part, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize);
            await using (source.ConfigureAwait(false))
            {
                var copy = new FileStream(beside, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
                await using (copy.ConfigureAwait(false))
                {
                    await source.CopyToAsync(copy, BufferSize, cancellationToken).ConfigureAwait(false);
                }
            }

            if (!FileRename.TryRename(beside, path))
            {
                throw new IOException($"'{path}' is the place where another volume begins.");
            }
        }
        catch
        {
            File.Delete(beside);
            throw;
        }

        File.Delete(part);
        SavedAs(path);
    }

    private void SavedAs(string path)
    {
        _isSaved = true;
        _path = path;
    }

    /// <summary>What is deflated is gone through when it is there whole; everything else has been while it came.</summary>
    private DataSetScanner Check()
    {
        if (_scanner is null)
        {
            using var dataSet = OpenRead(_headerLength);
            return DataSetGuard.Check(dataSet, _syntax, _limits, _wanted);
        }

        _scanner.Complete();
        return _scanner.Problem is { } problem ? throw RefusedDataSetException.Because(problem) : _scanner;
    }

    /// <summary>The message has to be read to its end, whatever an observer makes of it.</summary>
    private bool TryObserve(ReadOnlySpan<byte> bytes)
    {
        try
        {
            Observer?.Write(bytes);
            return true;
        }
        catch (Exception e)
        {
            _failure = e;
            Delete();
            return false;
        }
    }

    private void Refuse(RefusedDataSetException why)
    {
        _failure = why;
        Delete();
    }

    private void ThrowIfFailed()
    {
        switch (_failure)
        {
            case null:
                break;
            case RefusedDataSetException:
                throw new RefusedDataSetException(_failure.Message);
            case NoMemoryException:
                throw NoMemoryException.Now();
            default:
                throw new IOException($"The data set could not be kept: {_failure.Message}", _failure);
        }
    }

    /// <summary>What was not saved.</summary>
    private void Delete()
    {
        _file?.Dispose();
        _file = null;
        if (!_isSaved && _path is not null)
        {
            try
            {
                File.Delete(_path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Goes with the folder, now or at the next start.
            }

            _path = null;
        }
    }
}
